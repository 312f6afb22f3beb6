using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Values as Go's <c>%#v</c> prints them, which is how the server's messages show what they refuse.</summary>
internal static class GoValue
{
    /// <summary>A value in a message.</summary>
    /// <param name="node">The value.</param>
    /// <param name="field">The field it is in, which decides the type shown.</param>
    public static string Of(JsonNode? node, string field) => (field, node) switch
    {
        ("selector", JsonObject selector) => $"v1.LabelSelector{{MatchLabels:{Map(selector["matchLabels"])}, MatchExpressions:{Expressions(selector["matchExpressions"])}}}",
        ("labels", _) => Map(node),
        ("number", JsonValue value) => value.TryGetValue<string>(out var text)
            ? $"intstr.IntOrString{{Type:1, IntVal:0, StrVal:\"{text}\"}}"
            : $"intstr.IntOrString{{Type:0, IntVal:{value}, StrVal:\"\"}}",
        _ => JsonWords.Quote(node),
    };

    /// <summary>A disruption budget's spec. Go prints where its pointers point to.</summary>
    public static string Budget(JsonNode spec)
    {
        string Pointer(string type, string field) => $"(*{type})({(spec.At(field) is null ? "nil" : "0xc000012345")})";
        return $"policy.PodDisruptionBudgetSpec{{MinAvailable:{Pointer("intstr.IntOrString", "minAvailable")}, Selector:{Pointer("v1.LabelSelector", "selector")}, MaxUnavailable:{Pointer("intstr.IntOrString", "maxUnavailable")}, UnhealthyPodEvictionPolicy:{Pointer("policy.UnhealthyPodEvictionPolicyType", "unhealthyPodEvictionPolicy")}}}";
    }

    private static string Map(JsonNode? node) => node is JsonObject { Count: > 0 } map
        ? $"map[string]string{{{string.Join(", ", map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"\"{entry.Key}\":{JsonWords.Quote(entry.Value)}"))}}}"
        : node is null ? "map[string]string(nil)" : "map[string]string{}";

    private static string Expressions(JsonNode? node) => node is JsonArray { Count: > 0 } expressions
        ? $"[]v1.LabelSelectorRequirement{{{string.Join(", ", expressions.Select(Expression))}}}"
        : "[]v1.LabelSelectorRequirement(nil)";

    private static string Expression(JsonNode? node) =>
        $"v1.LabelSelectorRequirement{{Key:\"{node.Text("key")}\", Operator:\"{node.Text("operator")}\", Values:[]string{{{string.Join(", ", (node.At("values") as JsonArray ?? []).Select(JsonWords.Quote))}}}}}";
}
