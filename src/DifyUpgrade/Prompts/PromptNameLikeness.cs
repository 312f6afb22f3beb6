namespace DifyUpgrade.Prompts;

/// <summary>Says which name was likely meant by another: a slip of the pen, or a renaming that keeps most words.</summary>
internal static class PromptNameLikeness
{
    // Below this share of common words, different prompts of one family (…_MAX_TOKENS, …_TEMPERATURE) would look alike.
    private const double LeastCommonWords = 0.7;

    /// <summary>The candidate that a name was likely renamed to or from.</summary>
    /// <param name="name">The name.</param>
    /// <param name="candidates">The names it might be.</param>
    /// <returns>The likeliest; null when none is likely.</returns>
    public static string? Nearest(string name, IEnumerable<string> candidates) => candidates
        .Where(candidate => IsSlip(name, candidate) || CommonWords(name, candidate) >= LeastCommonWords)
        .OrderBy(candidate => Distance(name, candidate))
        .ThenBy(candidate => candidate, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>Whether two names differ by a slip of the pen only.</summary>
    /// <param name="one">A name.</param>
    /// <param name="other">Another name.</param>
    /// <returns>True for a difference of letter case, or of up to two letters in a name of some length.</returns>
    public static bool IsSlip(string one, string other) =>
        Math.Abs(one.Length - other.Length) <= 2 && one.Length >= 6 && Distance(one, other) <= 2;

    private static double CommonWords(string one, string other)
    {
        var first = Words(one);
        var second = Words(other);
        var common = first.Count(second.Contains);
        return common / (double)(first.Count + second.Count - common);
    }

    private static HashSet<string> Words(string name) =>
        [.. name.ToUpperInvariant().Split('_', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>How many letters must be added, removed or replaced; long names are cut, since they cannot be meant.</summary>
    private static int Distance(string one, string other)
    {
        const int longest = 200;
        var first = one[..Math.Min(one.Length, longest)].ToUpperInvariant();
        var second = other[..Math.Min(other.Length, longest)].ToUpperInvariant();
        var above = Enumerable.Range(0, second.Length + 1).ToArray();
        for (var row = 1; row <= first.Length; row++)
        {
            var diagonal = above[0];
            above[0] = row;
            for (var column = 1; column <= second.Length; column++)
            {
                var replaced = diagonal + (first[row - 1] == second[column - 1] ? 0 : 1);
                diagonal = above[column];
                above[column] = Math.Min(replaced, Math.Min(above[column], above[column - 1]) + 1);
            }
        }

        return above[second.Length];
    }
}
