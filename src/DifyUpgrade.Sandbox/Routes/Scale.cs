using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;
using DifyUpgrade.Sandbox.Tables;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>The <c>autoscaling/v1</c> Scale of what has replicas.</summary>
internal static class Scale
{
    private static readonly string[] Identity = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"];

    /// <summary>The Scale of an object.</summary>
    public static JsonObject Of(StoredObject stored) => new()
    {
        ["kind"] = "Scale",
        ["apiVersion"] = "autoscaling/v1",
        ["metadata"] = new JsonObject(Identity.Select(field => KeyValuePair.Create(field, stored.Body.At("metadata", field)?.DeepClone()))),
        ["spec"] = new JsonObject { ["replicas"] = stored.Body.Number("spec", "replicas") ?? 1 },
        ["status"] = new JsonObject
        {
            ["replicas"] = stored.Body.Number("status", "replicas") ?? 0,
            ["selector"] = Texts.Selector(stored.Body.At("spec", "selector")),
        },
    };

    /// <summary>That there cannot be so few replicas.</summary>
    public static ApiException Negative(string name, long replicas)
    {
        var why = $"Invalid value: {replicas}: must be greater than or equal to 0";
        return new ApiException(422, "Invalid", $"Scale.autoscaling \"{name}\" is invalid: spec.replicas: {why}")
        {
            Details = new JsonObject
            {
                ["name"] = name,
                ["group"] = "autoscaling",
                ["kind"] = "Scale",
                ["causes"] = new JsonArray(new JsonObject { ["reason"] = "FieldValueInvalid", ["message"] = why, ["field"] = "spec.replicas" }),
            },
        };
    }
}
