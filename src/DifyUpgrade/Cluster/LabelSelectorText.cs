using k8s.Models;

namespace DifyUpgrade.Cluster;

/// <summary>Writes a label selector as the API's query parameter.</summary>
internal static class LabelSelectorText
{
    /// <summary>Writes the selector.</summary>
    /// <param name="selector">matchLabels and matchExpressions.</param>
    /// <returns>Such as <c>app=dify,tier in (api,worker),!legacy</c>.</returns>
    public static string Of(V1LabelSelector? selector)
    {
        var labels = (selector?.MatchLabels ?? new Dictionary<string, string>())
            .OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}={label.Value}");
        return string.Join(',', labels.Concat((selector?.MatchExpressions ?? []).Select(Of)));
    }

    private static string Of(V1LabelSelectorRequirement requirement) => requirement.OperatorProperty switch
    {
        "In" => $"{requirement.Key} in ({string.Join(',', requirement.Values)})",
        "NotIn" => $"{requirement.Key} notin ({string.Join(',', requirement.Values)})",
        "Exists" => requirement.Key,
        "DoesNotExist" => $"!{requirement.Key}",

        // Leaving an unknown operator out would select pods that are not the workload's.
        var other => throw new FormatException($"unknown label selector operator \"{other}\""),
    };
}
