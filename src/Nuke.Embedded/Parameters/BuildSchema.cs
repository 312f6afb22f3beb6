using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace Nuke.Common.ValueInjection;

/// <summary>Describes the parameters of a build as a JSON schema, for editors that open <c>parameters.json</c>.</summary>
/// <remarks>Sorted by name, one value a line, so that two branches that each add a parameter rarely conflict.</remarks>
internal static class BuildSchema
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the schema.</summary>
    public static string Write(ParameterCatalog catalog, IEnumerable<string> targets)
    {
        var definitions = new JsonObject
        {
            [nameof(Host)] = OneOf(Host.Names.Order(StringComparer.Ordinal)),
            [nameof(Execution.ExecutableTarget)] = OneOf(targets.Order(StringComparer.Ordinal)),
            [nameof(Verbosity)] = OneOf(Enum.GetNames<Verbosity>()),
        };
        foreach (var type in catalog.Declared.Select(parameter => parameter.ElementType).Where(type => type.IsEnum).DistinctBy(type => type.Name).OrderBy(type => type.Name, StringComparer.Ordinal))
            definitions[type.Name] = OneOf(Enum.GetNames(type));
        definitions[nameof(NukeBuild)] = Properties(catalog.BuiltIn.Where(parameter => parameter.IsListed), catalog);

        return Text(new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-04/schema#",
            ["definitions"] = definitions,
            ["allOf"] = new JsonArray(Properties(catalog.Declared, catalog), Reference(nameof(NukeBuild))),
        });
    }

    private static JsonObject OneOf(IEnumerable<string> names)
        => new() { ["type"] = "string", ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) };

    private static JsonObject Reference(string definition) => new() { ["$ref"] = "#/definitions/" + definition };

    private static JsonObject Properties(IEnumerable<Parameter> parameters, ParameterCatalog catalog)
    {
        var properties = new JsonObject();
        foreach (var parameter in parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            properties[parameter.Name] = Describe(parameter, catalog);
        return new JsonObject { ["properties"] = properties };
    }

    private static JsonObject Describe(Parameter parameter, ParameterCatalog catalog)
    {
        var item = parameter == catalog.Host ? Reference(nameof(Host))
            : parameter == catalog.Target || parameter == catalog.Skip ? Reference(nameof(Execution.ExecutableTarget))
            : parameter.ElementType.IsEnum ? Reference(parameter.ElementType.Name)
            : Scalar(parameter.ElementType);
        if (parameter.Arity == Arity.Many)
            item = new JsonObject { ["type"] = "array", ["items"] = item };
        else if (parameter.IsNullable)
            item = item.ContainsKey("$ref") ? new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, item) } : OrNull(item);
        if (parameter.Description is { } description)
            item.Insert(0, "description", description.TrimEnd('.'));
        return item;
    }

    private static JsonObject Scalar(Type type) => 0 switch
    {
        _ when type == typeof(bool) => new() { ["type"] = "boolean" },
        _ when type == typeof(int) => new() { ["type"] = "integer", ["format"] = "int32" },
        _ when type == typeof(long) => new() { ["type"] = "integer", ["format"] = "int64" },
        _ when type == typeof(double) => new() { ["type"] = "number", ["format"] = "double" },
        _ when type == typeof(Guid) => new() { ["type"] = "string", ["format"] = "guid" },
        _ => new() { ["type"] = "string" },
    };

    private static JsonObject OrNull(JsonObject schema)
    {
        string[] types = [(string)schema["type"]!, "null"];
        schema["type"] = new JsonArray([.. types.Order(StringComparer.Ordinal).Select(type => JsonValue.Create(type))]);
        return schema;
    }

    private static string Text(JsonObject schema)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
            schema.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
