using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;

namespace DifyUpgrade.Sandbox.Routes.OpenApi;

/// <summary>
/// The kinds as OpenAPI schemas: fields, their types and how patches merge them. Neither descriptions nor which fields are
/// required: the client library that they are read from knows nothing of these; the server itself refuses what is missing.
/// </summary>
/// <param name="prefix">Where references point to, which differs between the versions of OpenAPI.</param>
internal sealed class Models(string prefix)
{
    private static readonly Lazy<ModelNames> Names = new(() => new ModelNames());

    private static readonly Dictionary<(string Type, string Field), string> RetainingKeys = new()
    {
        [("V1PodSpec", "volumes")] = "merge,retainKeys",
        [("V1DeploymentSpec", "strategy")] = "retainKeys",
    };

    private readonly SortedDictionary<string, JsonNode?> _schemas = new(StringComparer.Ordinal);

    /// <summary>The schemas of some kinds, with all that they refer to.</summary>
    public JsonObject Of(IEnumerable<ResourceType> types)
    {
        foreach (var type in types)
        {
            Add(Schema.Of(type));
            _schemas[Names.Value[Schema.Of(type)]]!["x-kubernetes-group-version-kind"] = new JsonArray(Kind(type));
        }

        return new JsonObject(_schemas);
    }

    /// <summary>A kind as the extensions name it.</summary>
    public static JsonObject Kind(ResourceType type) => new() { ["group"] = type.Group, ["kind"] = type.Kind, ["version"] = type.Version };

    private void Add(Schema schema)
    {
        if (!_schemas.TryAdd(Names.Value[schema], null))
            return;
        _schemas[Names.Value[schema]] = schema.Kind switch
        {
            FieldKind.Struct => new JsonObject { ["type"] = "object", ["properties"] = Properties(schema) },
            FieldKind.NumberOrText => Plain("string", "int-or-string"),
            FieldKind.Time => Plain("string", "date-time"),
            _ => Plain("string"),
        };
    }

    private JsonObject Properties(Schema schema)
    {
        var properties = new JsonObject();
        foreach (var (name, field) in schema.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
            properties[name] = Extended(Property(field.Schema), schema.TypeName, name, field.Rule);
        return properties;
    }

    private JsonObject Property(Schema schema) => schema.Kind switch
    {
        FieldKind.Map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Property(schema.Element) },
        FieldKind.List => new JsonObject { ["type"] = "array", ["items"] = Property(schema.Element) },
        FieldKind.Text => Plain("string"),
        FieldKind.Whole => Plain("integer", schema.IsShort ? "int32" : "int64"),
        FieldKind.Fraction => Plain("number", "double"),
        FieldKind.Flag => Plain("boolean"),
        FieldKind.Bytes => Plain("string", "byte"),
        FieldKind.Anything => [],
        _ => Reference(schema),
    };

    private JsonObject Reference(Schema schema)
    {
        Add(schema);
        return new JsonObject { ["$ref"] = prefix + Names.Value[schema] };
    }

    private static JsonObject Extended(JsonObject property, string type, string name, MergeRule rule)
    {
        var strategy = RetainingKeys.GetValueOrDefault((type, name)) ?? (rule.PatchKey is not null || rule.PatchAdds ? "merge" : rule.PatchReplaces ? "replace" : null);
        if (strategy is not null)
            property["x-kubernetes-patch-strategy"] = strategy;
        if (rule.PatchKey is not null)
            property["x-kubernetes-patch-merge-key"] = rule.PatchKey;
        if (rule.Keys.Count > 0)
            (property["x-kubernetes-list-type"], property["x-kubernetes-list-map-keys"]) = ("map", new JsonArray([.. rule.Keys.Select(key => JsonValue.Create(key))]));
        else if (rule.IsSet)
            property["x-kubernetes-list-type"] = "set";
        return property;
    }

    private static JsonObject Plain(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null)
            schema["format"] = format;
        return schema;
    }
}
