using System.Text.RegularExpressions;

namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>
/// What each Dify version imports from prompts.py when it starts; the table that the stand-in image of the real test
/// cluster is made from.
/// </summary>
internal static partial class PromptNames
{
    private const string Table = "prompt-names.tsv";

    private static readonly Lazy<IReadOnlyList<Row>> Rows = new(Read);

    /// <summary>The names that the stock file of a version has, and the module that imports each; <c>lazy</c> for those no start needs.</summary>
    /// <returns>Empty for a version that is older than the table, newer than its newest, or no version at all.</returns>
    public static IReadOnlyList<(string Name, string Module)> Of(string tag)
    {
        if (VersionOf(tag) is not { } version || version > Rows.Value.Max(row => row.Newest))
            return [];
        return [.. Rows.Value.Where(row => row.Since <= version && (row.Until is null || version < row.Until)).Select(row => (row.Name, row.Module))];
    }

    private static Version? VersionOf(string tag) => Form().Match(tag) is { Success: true } match ? Version.Parse(match.Groups[1].Value) : null;

    private static List<Row> Read()
    {
        using var stream = typeof(PromptNames).Assembly.GetManifestResourceStream(Table) ?? throw new InvalidOperationException($"The assembly lacks {Table}.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).Select(fields =>
            new Row(fields[0], Version.Parse(fields[1]), fields[2] == "-" ? null : Version.Parse(fields[2]), fields[3]))];
    }

    // A suffix such as -fix.1 or -rc1 counts as the version itself.
    [GeneratedRegex(@"^(\d+\.\d+\.\d+)([-._][A-Za-z0-9._-]+)?$")]
    private static partial Regex Form();

    private sealed record Row(string Name, Version Since, Version? Until, string Module)
    {
        public Version Newest => Until is { } until && until > Since ? until : Since;
    }
}
