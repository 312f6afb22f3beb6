using F23.StringSimilarity;

namespace Nuke.Common.ValueInjection;

/// <summary>Compares names as the command line does, and finds the one that was probably meant.</summary>
internal static class NearestName
{
    // Levenshtein, where two neighbours in the wrong order count as one mistake.
    private static readonly OptimalStringAlignment Mistakes = new();

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
            .Select(candidate => (Name: candidate, Distance: Mistakes.Distance(key, Key(candidate))))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Max(key.Length, Key(candidate.Name).Length) / 3))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }
}
