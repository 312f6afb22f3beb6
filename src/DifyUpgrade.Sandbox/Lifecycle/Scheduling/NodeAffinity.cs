using System.Globalization;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle.Scheduling;

/// <summary>Whether a node is one of those that a pod asks for.</summary>
internal static class NodeAffinity
{
    /// <summary>Whether a pod's node selector and required node affinity take a node.</summary>
    public static bool Fits(JsonObject pod, JsonObject node)
    {
        var labels = node.At("metadata", "labels");
        if (pod.At("spec", "nodeSelector") is JsonObject wanted && !wanted.All(label => labels.Text(label.Key) == label.Value?.ToString()))
            return false;
        var required = pod.At("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
        return required is null || required.Items("nodeSelectorTerms").Any(term => FitsTerm(term, node));
    }

    private static bool FitsTerm(JsonObject term, JsonObject node)
    {
        var (expressions, fields) = (term.Items("matchExpressions").ToList(), term.Items("matchFields").ToList());
        return expressions.Count + fields.Count > 0
            && expressions.TrueForAll(expression => Fits(expression, node.Text("metadata", "labels", expression.Text("key") ?? "")))
            && fields.TrueForAll(field => Fits(field, field.Text("key") == "metadata.name" ? node.Text("metadata", "name") : null));
    }

    private static bool Fits(JsonObject requirement, string? value)
    {
        var values = requirement["values"] is JsonArray array ? array.Select(item => item?.ToString()).ToList() : [];
        return requirement.Text("operator") switch
        {
            "In" => value is not null && values.Contains(value),
            "NotIn" => value is null || !values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            "Gt" => Number(value) > Number(values.FirstOrDefault()),
            "Lt" => Number(value) < Number(values.FirstOrDefault()),
            _ => false,
        };
    }

    private static long? Number(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
