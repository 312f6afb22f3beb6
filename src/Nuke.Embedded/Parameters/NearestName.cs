namespace Nuke.Common.ValueInjection;

/// <summary>Compares names as the command line does, and finds the one that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>A name without case, dashes and underscores.</summary>
    public static string Key(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    public static bool AreEqual(string left, string right) => Key(left) == Key(right);

    /// <summary>Says that a name is not known, and what was probably meant or else what there is.</summary>
    public static string Describe(string kind, string name, IReadOnlyCollection<string> known)
    {
        var hint = Find(name, known) is { } nearest
            ? $"Did you mean {nearest}?"
            : known.Count > 0 ? $"There are: {string.Join(", ", known)}." : "There are none.";
        return $"Unknown {kind} {name}. {hint}";
    }

    /// <summary>The known name that is at most a third away from the given one, if there is any.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var key = Key(name);
        return known
            .Select(candidate => (Name: candidate, Distance: Distance(key, Key(candidate))))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Max(key.Length, Key(candidate.Name).Length) / 3))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    // Levenshtein, where two neighbours in the wrong order count as one mistake.
    private static int Distance(string left, string right)
    {
        var costs = Enumerable.Range(0, left.Length + 1).Select(_ => new int[right.Length + 1]).ToArray();
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
                costs[i][j] = i == 0 || j == 0 ? i + j : Cheapest(i, j);
        }

        return costs[left.Length][right.Length];

        int Cheapest(int i, int j)
        {
            var isSame = left[i - 1] == right[j - 1];
            var cost = Math.Min(costs[i - 1][j - 1] + (isSame ? 0 : 1), Math.Min(costs[i - 1][j], costs[i][j - 1]) + 1);
            var isSwapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
            return isSwapped ? Math.Min(cost, costs[i - 2][j - 2] + 1) : cost;
        }
    }
}
