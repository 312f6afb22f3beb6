namespace Nuke.Common.ValueInjection;

/// <summary>Takes CamelCase names apart.</summary>
internal static partial class Humps
{
    private static readonly string[] KnownWords =
        ["DotNet", "GitHub", "GitVersion", "MSBuild", "NuGet", "ReSharper", "AppVeyor", "TeamCity", "GitLab", "SignPath", "JetBrains"];

    /// <summary>Writes a name with something between its words; words that are known stay whole.</summary>
    public static string Split(string name, char separator)
    {
        var by = separator.ToString();
        return KnownWords.Aggregate(Hump().Replace(name, by), (text, word) => text.Replace(Hump().Replace(word, by), word, StringComparison.Ordinal));
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Hump();
}
