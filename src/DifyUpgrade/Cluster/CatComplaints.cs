namespace DifyUpgrade.Cluster;

/// <summary>What <c>cat</c> wrote to stderr, sorted by the file it is about. GNU, busybox and toybox differ in form.</summary>
internal sealed class CatComplaints
{
    private readonly Dictionary<int, string> _byPath = [];

    private CatComplaints()
    {
    }

    /// <summary>Whether some complaint could not be laid at any one file's door; then no file is above suspicion.</summary>
    public bool HasUnexplained { get; private set; }

    /// <summary>Sorts the complaints.</summary>
    /// <param name="stderr">What cat wrote.</param>
    /// <param name="paths">The files, in the order they were read.</param>
    /// <param name="empty">Which of them wrote nothing.</param>
    /// <returns>The sorted complaints.</returns>
    public static CatComplaints Sort(string stderr, IReadOnlyList<string> paths, IReadOnlyList<bool> empty)
    {
        var complaints = new CatComplaints();
        var unnamed = new List<string>();
        foreach (var line in stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var named = Enumerable.Range(0, paths.Count).Where(index => Names(line, paths[index])).ToList();
            foreach (var index in named)
                complaints._byPath[index] = line;
            if (named.Count == 0 && !AboutSystem(line))
                unnamed.Add(line);
        }

        // busybox does not name a directory ("cat: read error: Is a directory"): only if the rest leaves no choice.
        var suspects = Enumerable.Range(0, paths.Count).Where(index => empty[index] && !complaints._byPath.ContainsKey(index)).ToList();
        if (unnamed.Count > 0 && unnamed.Count == suspects.Count)
        {
            for (var at = 0; at < suspects.Count; at++)
                complaints._byPath[suspects[at]] = unnamed[at];
        }
        else
        {
            complaints.HasUnexplained = unnamed.Count > 0;
        }

        return complaints;
    }

    /// <summary>How a file is, by what was said about it.</summary>
    /// <param name="index">The file's number.</param>
    /// <returns>Its state, and the complaint if there is one.</returns>
    public (PodFileState State, string? Detail) Of(int index)
    {
        if (!_byPath.TryGetValue(index, out var line))
            return (PodFileState.Read, null);
        var state = line switch
        {
            _ when line.Contains("No such file", StringComparison.OrdinalIgnoreCase) => PodFileState.Missing,
            _ when line.Contains("Is a directory", StringComparison.OrdinalIgnoreCase) => PodFileState.IsDirectory,
            _ when line.Contains("Permission denied", StringComparison.OrdinalIgnoreCase) => PodFileState.Denied,
            _ => PodFileState.Unreadable,
        };
        return (state, line);
    }

    private static bool AboutSystem(string line) => line.Contains("/proc/", StringComparison.Ordinal);

    // The path must end where its name ends: /app/a is not named by a line about /app/a.py.
    private static bool Names(string line, string path)
    {
        for (var at = line.IndexOf(path, StringComparison.Ordinal); at >= 0; at = line.IndexOf(path, at + 1, StringComparison.Ordinal))
        {
            var starts = at == 0 || line[at - 1] is ' ' or '\'' or '"';
            var end = at + path.Length;
            if (starts && (end == line.Length || line[end] is ':' or '\'' or '"'))
                return true;
        }

        return false;
    }
}
