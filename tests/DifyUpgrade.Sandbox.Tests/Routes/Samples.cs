using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Tests.Routes;

/// <summary>Objects to send.</summary>
internal static class Samples
{
    public static JsonObject ConfigMap(string name, string value = "value") => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["data"] = new JsonObject { ["key"] = value },
    };

    /// <summary>Of a kind that no controller puts into a new namespace.</summary>
    public static JsonObject Secret(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["data"] = new JsonObject { ["key"] = "dmFsdWU=" },
    };

    public static JsonObject Deployment(string name, int replicas) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "Deployment",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
            ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = name } }, ["spec"] = PodSpec() },
        },
    };

    public static JsonObject Pod(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Pod",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["app"] = name } },
        ["spec"] = PodSpec(),
    };

    private static JsonObject PodSpec() => new() { ["containers"] = new JsonArray(new JsonObject { ["name"] = "web", ["image"] = "nginx:1.25" }) };
}
