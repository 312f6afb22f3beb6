using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Routes.OpenApi;

/// <summary>
/// OpenAPI 2 of all kinds in protobuf, which helm 3 holds manifests against before it sends them. Field numbers:
/// https://github.com/google/gnostic/blob/main/openapiv2/OpenAPIv2.proto.
/// </summary>
internal static class OpenApiV2
{
    private const string Extension = "x-";
    private const string GroupVersionKind = "x-kubernetes-group-version-kind";

    private static readonly string[] Query = ["dryRun", "fieldManager", "fieldValidation", "force"];

    /// <summary>The document; made when it is first asked for.</summary>
    public static Lazy<byte[]> Document { get; } = new(Write);

    private static byte[] Write()
    {
        var document = new ProtobufWriter();
        document.Text(1, "2.0");
        document.Message(2, info =>
        {
            info.Text(1, "Kubernetes");
            info.Text(2, DiscoveryRoutes.Version);
        });
        document.Message(8, paths =>
        {
            foreach (var type in ResourceTypes.All)
                paths.Message(2, path => Path(path, type));
        });
        document.Message(9, definitions => Named(definitions, 1, new Models("#/definitions/").Of(ResourceTypes.All)));
        return document.ToArray();
    }

    // Of the operations only the patch is looked at: clients want to know which parameters it takes.
    private static void Path(ProtobufWriter path, ResourceType type)
    {
        path.Text(1, OpenApiV3.Collection(type) + "/{name}");
        path.Message(2, item => item.Message(8, patch =>
        {
            foreach (var name in Query)
                patch.Message(8, item => item.Message(1, parameter => parameter.Message(2, query => query.Message(3, schema => Parameter(schema, name)))));
            Extend(patch, 13, GroupVersionKind, Models.Kind(type));
        }));
    }

    private static void Parameter(ProtobufWriter parameter, string name)
    {
        parameter.Text(2, "query");
        parameter.Text(4, name);
        parameter.Text(6, "string");
    }

    private static void Named(ProtobufWriter writer, int field, JsonObject schemas)
    {
        foreach (var (name, schema) in schemas)
        {
            writer.Message(field, named =>
            {
                named.Text(1, name);
                named.Message(2, value => Schema(value, (JsonObject)schema!));
            });
        }
    }

    private static void Schema(ProtobufWriter writer, JsonObject schema)
    {
        if (schema.Text("$ref") is { } reference)
            writer.Text(1, reference);
        if (schema.Text("format") is { } format)
            writer.Text(2, format);
        if (schema["additionalProperties"] is JsonObject values)
            writer.Message(21, item => item.Message(1, value => Schema(value, values)));
        if (schema.Text("type") is { } type)
            writer.Message(22, item => item.Text(1, type));
        if (schema["items"] is JsonObject items)
            writer.Message(23, item => item.Message(1, value => Schema(value, items)));
        if (schema["properties"] is JsonObject properties)
            writer.Message(25, named => Named(named, 1, properties));
        foreach (var (name, value) in schema.Where(entry => entry.Key.StartsWith(Extension, StringComparison.Ordinal)))
            Extend(writer, 31, name, value!);
    }

    private static void Extend(ProtobufWriter writer, int field, string name, JsonNode value) => writer.Message(field, extension =>
    {
        extension.Text(1, name);
        extension.Message(2, any => any.Text(2, value.ToJsonString()));
    });
}
