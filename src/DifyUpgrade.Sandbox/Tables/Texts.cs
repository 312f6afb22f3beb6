using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Tables;

/// <summary>Texts that several tables have in common.</summary>
internal static class Texts
{
    /// <summary>What kubectl prints for nothing.</summary>
    public const string None = "<none>";

    /// <summary>The texts with commas between, or <c>&lt;none&gt;</c>.</summary>
    public static string Joined(IEnumerable<string?> texts, string separator = ",") => string.Join(separator, texts) is { Length: > 0 } text ? text : None;

    /// <summary>A map as <c>a=b,c=d</c>, or <c>&lt;none&gt;</c>.</summary>
    public static string Labels(JsonNode? map) => map is JsonObject labels
        ? Joined(labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))
        : None;

    /// <summary>A LabelSelector as kubectl writes it.</summary>
    public static string Selector(JsonNode? selector)
    {
        var labels = selector.At("matchLabels") is JsonObject { Count: > 0 } map ? [Labels(map)] : Enumerable.Empty<string>();
        return Joined(labels.Concat(selector.Items("matchExpressions").Select(Expression)));
    }

    /// <summary>The names of a template's containers.</summary>
    public static string Containers(JsonNode? podSpec) => string.Join(',', podSpec.Items("containers").Select(container => container.Text("name")));

    /// <summary>The images of a template's containers.</summary>
    public static string Images(JsonNode? podSpec) => string.Join(',', podSpec.Items("containers").Select(container => container.Text("image")));

    /// <summary>The texts of an array.</summary>
    public static IEnumerable<string> Of(JsonNode? array) => array is JsonArray items ? items.Select(item => item?.ToString() ?? "") : [];

    /// <summary>The first three, and how many more there are.</summary>
    public static string FirstThree(IReadOnlyList<string> texts, string more) =>
        texts.Count > 3 ? $"{string.Join(',', texts.Take(3))} + {texts.Count - 3} more{more}" : Joined(texts);

    private static string Expression(JsonObject requirement)
    {
        var (key, values) = (requirement.Text("key"), string.Join(',', Of(requirement["values"])));
        return requirement.Text("operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "DoesNotExist" => $"!{key}",
            _ => key ?? "",
        };
    }
}
