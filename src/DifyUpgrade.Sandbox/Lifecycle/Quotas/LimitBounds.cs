using System.Globalization;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;

namespace DifyUpgrade.Sandbox.Lifecycle.Quotas;

/// <summary>The least, the most and the ratio that one item of a LimitRange allows.</summary>
internal static class LimitBounds
{
    /// <summary>What is beyond them, in admission's words.</summary>
    /// <param name="limit">The item.</param>
    /// <param name="amount">The <c>requests</c> or <c>limits</c> of a resource; null where nothing is said.</param>
    public static IEnumerable<string> Problems(JsonObject limit, Func<string, string, decimal?> amount)
    {
        var per = limit.Text("type");
        return Entries(limit, "min").SelectMany(entry => Least(entry.Key, per, entry.Value!, amount))
            .Concat(Entries(limit, "max").SelectMany(entry => Most(entry.Key, per, entry.Value!, amount)))
            .Concat(Entries(limit, "maxLimitRequestRatio").SelectMany(entry => Ratio(entry.Key, per, entry.Value!, amount)));
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Entries(JsonObject limit, string field) =>
        (limit[field] as JsonObject ?? []).OrderBy(entry => entry.Key, StringComparer.Ordinal);

    private static IEnumerable<string> Least(string name, string? per, JsonNode bound, Func<string, string, decimal?> amount)
    {
        var (request, limit) = (amount("requests", name), amount("limits", name));
        if (request is null)
            yield return $"minimum {name} usage per {per} is {bound}.  No request is specified";
        else if (request < Quantity.Of(bound))
            yield return $"minimum {name} usage per {per} is {bound}, but request is {Text(name, request.Value)}";
        else if (limit < Quantity.Of(bound))
            yield return $"minimum {name} usage per {per} is {bound}, but limit is {Text(name, limit.Value)}";
    }

    private static IEnumerable<string> Most(string name, string? per, JsonNode bound, Func<string, string, decimal?> amount)
    {
        var (request, limit) = (amount("requests", name), amount("limits", name));
        if (limit is null && per != "PersistentVolumeClaim")
            yield return $"maximum {name} usage per {per} is {bound}.  No limit is specified";
        else if (limit > Quantity.Of(bound))
            yield return $"maximum {name} usage per {per} is {bound}, but limit is {Text(name, limit.Value)}";
        else if (request > Quantity.Of(bound))
            yield return $"maximum {name} usage per {per} is {bound}, but request is {Text(name, request.Value)}";
    }

    private static IEnumerable<string> Ratio(string name, string? per, JsonNode bound, Func<string, string, decimal?> amount)
    {
        if (amount("requests", name) is not { } request || request == 0)
            yield return $"{name} max limit to request ratio per {per} is {bound}, but no request is specified or request is 0";
        else if (amount("limits", name) is not { } limit || limit == 0)
            yield return $"{name} max limit to request ratio per {per} is {bound}, but no limit is specified or limit is 0";
        else if (limit / request > Quantity.Of(bound))
            yield return string.Create(CultureInfo.InvariantCulture, $"{name} max limit to request ratio per {per} is {bound}, but provided ratio is {limit / request:0.000000}");
    }

    private static string Text(string name, decimal amount) => Quantity.Text(amount, name.Contains("memory", StringComparison.Ordinal) || name.Contains("storage", StringComparison.Ordinal));
}
