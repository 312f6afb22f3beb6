namespace DifyUpgrade.Diagnosis;

/// <summary>Fits findings on a screen: the block that ends a run has so many lines and no more; pure.</summary>
internal static class ScreenText
{
    /// <summary>The most lines of the block.</summary>
    public const int MostLines = 15;

    // A quote of the cluster may have no end; in the artifacts it stands in full.
    private const int LongestLine = 300;

    /// <summary>Chooses and shortens.</summary>
    /// <param name="findings">The findings, the most telling first.</param>
    /// <param name="evidence">Where the evidence is, for the last line.</param>
    /// <returns>As many as fit.</returns>
    public static IReadOnlyList<Finding> Fit(IReadOnlyList<Finding> findings, string evidence)
    {
        List<Finding> shown = [];
        var left = MostLines - 1;
        foreach (var finding in findings.Select(Shorten))
        {
            left -= Lines(finding);
            if (left < 0)
                break;
            shown.Add(finding);
        }

        var more = findings.Count - shown.Count;
        var rest = $"Evidence without secrets: {evidence}{(more > 0 ? $" ({more} more findings in summary.txt)" : "")}";
        return shown is [.. var first, var last] ? [.. first, last with { Remedy = $"{last.Remedy}\n{rest}" }] : findings;
    }

    private static Finding Shorten(Finding finding) => finding with { Seen = Cut(finding.Seen), Where = Cut(finding.Where) };

    private static string Cut(string text) => string.Join('\n', text.Split('\n').Select(line => line.Length <= LongestLine ? line : line[..LongestLine] + "…"));

    private static int Lines(Finding finding) => 1 + finding.Seen.Count(letter => letter == '\n') + 1 + finding.Remedy.Count(letter => letter == '\n') + 1;
}
