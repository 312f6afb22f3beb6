using System.Text.Json;

namespace DifyUpgrade.Tests.Repository;

/// <summary>What can be typed: the targets and parameters of <c>.nuke/build.schema.json</c>, which is written from the build class.</summary>
internal sealed record BuildSchema(IReadOnlyList<string> Targets, IReadOnlyDictionary<string, string> OwnParameters, IReadOnlySet<string> AllParameters)
{
    public static BuildSchema Read()
    {
        using var schema = JsonDocument.Parse(RepositoryFiles.Read(".nuke/build.schema.json"));
        var definitions = schema.RootElement.GetProperty("definitions");
        var own = schema.RootElement.GetProperty("allOf")[0].GetProperty("properties").EnumerateObject().ToDictionary(
            property => property.Name, property => property.Value.TryGetProperty("description", out var text) ? text.GetString()! : "", StringComparer.Ordinal);
        return new(
            [.. definitions.GetProperty("ExecutableTarget").GetProperty("enum").EnumerateArray().Select(target => target.GetString()!)],
            own,
            own.Keys.Concat(definitions.GetProperty("NukeBuild").GetProperty("properties").EnumerateObject().Select(property => property.Name)).Select(Plain).ToHashSet());
    }

    /// <summary>Whether a command line's word such as <c>--config-map-drift</c>, or a variable such as <c>CONFIG_MAP_DRIFT</c>, is a parameter.</summary>
    public bool Knows(string parameter) => AllParameters.Contains(Plain(parameter));

    /// <summary>A member's name as it is typed: <c>ConfigMapDrift</c> is <c>--config-map-drift</c>.</summary>
    public static string Dashed(string member) =>
        "--" + string.Concat(member.Select((letter, place) => char.IsUpper(letter) && place > 0 ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));

    /// <summary>What is wrong with a line that calls the build, so that nobody could type it; nothing for one that is right.</summary>
    public IEnumerable<string> Problems(string arguments)
    {
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var target in words.TakeWhile(word => !word.StartsWith('-')).Where(target => !Targets.Contains(target)))
            yield return $"there is no target {target}";
        foreach (var parameter in words.Where(word => word.StartsWith("--", StringComparison.Ordinal) && !Knows(word)))
            yield return $"there is no parameter {parameter}";
    }

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
