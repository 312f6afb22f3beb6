using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Routes.OpenApi;

/// <summary>OpenAPI 3, a document for each group and version: what <c>kubectl explain</c> and <c>kubectl apply</c> read.</summary>
internal static class OpenApiV3
{
    private const string Root = "/openapi/v3";

    private static readonly string[] Query = ["dryRun", "fieldManager", "fieldValidation", "force"];
    private static readonly ConcurrentDictionary<string, byte[]> Documents = new(StringComparer.Ordinal);

    /// <summary>Where the documents are.</summary>
    public static JsonObject Index() => new()
    {
        ["paths"] = new JsonObject(ResourceTypes.All.Select(PathOf).Distinct().Order(StringComparer.Ordinal)
            .Select(path => KeyValuePair.Create<string, JsonNode?>(path, new JsonObject { ["serverRelativeURL"] = $"{Root}/{path}?hash={DiscoveryRoutes.Version}" }))),
    };

    /// <summary>The document of a group and version.</summary>
    /// <param name="path">The request's path.</param>
    /// <returns>Null where there is none at that path.</returns>
    public static byte[]? Find(string path)
    {
        if (!path.StartsWith(Root + "/", StringComparison.Ordinal))
            return null;
        var types = ResourceTypes.All.Where(type => PathOf(type) == path[(Root.Length + 1)..]).ToList();
        return types.Count > 0 ? Documents.GetOrAdd(path, _ => Document(types).Utf8()) : null;
    }

    /// <summary>The address of a kind's objects.</summary>
    public static string Collection(ResourceType type) => $"/{PathOf(type)}/{(type.Namespaced ? "namespaces/{namespace}/" : "")}{type.Plural}";

    private static string PathOf(ResourceType type) => $"{(type.Group.Length == 0 ? "api" : "apis")}/{type.ApiVersion}";

    private static JsonObject Document(IReadOnlyList<ResourceType> types) => new()
    {
        ["openapi"] = "3.0.0",
        ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = DiscoveryRoutes.Version },
        ["paths"] = new JsonObject(types.SelectMany(Paths)),
        ["components"] = new JsonObject { ["schemas"] = new Models("#/components/schemas/").Of(types) },
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Paths(ResourceType type)
    {
        yield return KeyValuePair.Create<string, JsonNode?>(Collection(type), new JsonObject { ["get"] = Operation(type, "list"), ["post"] = Operation(type, "post") });
        yield return KeyValuePair.Create<string, JsonNode?>(Collection(type) + "/{name}", new JsonObject
        {
            ["get"] = Operation(type, "get"),
            ["put"] = Operation(type, "put"),
            ["patch"] = Operation(type, "patch"),
            ["delete"] = Operation(type, "delete"),
        });
    }

    private static JsonObject Operation(ResourceType type, string action) => new()
    {
        ["parameters"] = new JsonArray([.. Query.Select(name => new JsonObject { ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string" } })]),
        ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
        ["x-kubernetes-action"] = action,
        ["x-kubernetes-group-version-kind"] = Models.Kind(type),
    };
}
