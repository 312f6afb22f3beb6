using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle.Webhooks;

/// <summary>Whether a rule of a webhook is about a write.</summary>
internal static class WebhookRule
{
    /// <summary>Holds a rule against a write.</summary>
    public static bool Matches(JsonObject rule, AdmissionRequest write) =>
        Has(rule, "operations", write.Operation)
        && Has(rule, "apiGroups", write.Type.Group)
        && Has(rule, "apiVersions", write.Type.Version)
        && Texts(rule, "resources").Any(resource => IsMeant(resource, write.Type.Plural, write.Subresource))
        && (rule.Text("scope") ?? "*") is var scope && (scope == "*" || scope == "Namespaced" == write.Type.Namespaced);

    private static bool IsMeant(string resource, string plural, string? subresource) =>
        resource.Split('/', 2) is [var kind, .. var rest] && (kind == "*" || kind == plural) && (rest is ["*"] || rest.ElementAtOrDefault(0) == subresource);

    private static bool Has(JsonObject rule, string field, string value) => Texts(rule, field).Any(text => text == "*" || text == value);

    private static IEnumerable<string> Texts(JsonObject rule, string field) => (rule[field] as JsonArray ?? []).Select(text => text?.ToString() ?? "");
}
