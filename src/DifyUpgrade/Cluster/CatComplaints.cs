namespace DifyUpgrade.Cluster;

/// <summary>
/// What <c>cat</c> wrote to stderr, sorted by the file it is about. GNU, busybox and toybox differ in form, and busybox
/// does not name a directory ("cat: read error: Is a directory"); but all complain in the order of the files.
/// </summary>
internal sealed class CatComplaints
{
    private readonly IReadOnlyList<string> _paths;
    private readonly IReadOnlyList<bool> _empty;
    private readonly Dictionary<int, (PodFileState State, string Line)> _byFile = [];

    private CatComplaints(IReadOnlyList<string> paths, IReadOnlyList<bool> empty)
    {
        _paths = paths;
        _empty = empty;
    }

    /// <summary>Whether cat failed without saying at which file; then no file is above suspicion.</summary>
    public bool HasUnexplained { get; private set; }

    /// <summary>Sorts the complaints of a cat that ended with a failure.</summary>
    /// <param name="stderr">What cat wrote.</param>
    /// <param name="paths">The files, in the order they were read.</param>
    /// <param name="empty">Which of them wrote nothing.</param>
    /// <returns>The sorted complaints.</returns>
    public static CatComplaints Sort(string stderr, IReadOnlyList<string> paths, IReadOnlyList<bool> empty)
    {
        var complaints = new CatComplaints(paths, empty);

        // Other lines are noise, as from a loader that cannot preload a library.
        var lines = stderr.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("cat:", StringComparison.Ordinal)).ToList();
        complaints.HasUnexplained = lines.Count == 0;
        complaints.Assign(lines);
        return complaints;
    }

    /// <summary>How a file is, by what was said about it.</summary>
    /// <param name="index">The file's number.</param>
    /// <returns>Its state, and the complaint if there is one.</returns>
    public (PodFileState State, string? Detail) Of(int index) =>
        _byFile.TryGetValue(index, out var complaint) ? (complaint.State, complaint.Line) : (PodFileState.Read, null);

    private void Assign(List<string> lines)
    {
        var from = 0;
        var unnamed = new List<string>();
        foreach (var line in lines)
        {
            var index = Enumerable.Range(from, _paths.Count - from).FirstOrDefault(index => Names(line, _paths[index]), -1);
            if (index < 0)
            {
                // mountinfo comes after all files; without it the files still count.
                if (!line.Contains("/proc/self/mountinfo", StringComparison.Ordinal))
                    unnamed.Add(line);
                continue;
            }

            AssignUnnamed(unnamed, from, index);
            unnamed.Clear();
            _byFile[index] = (StateOf(line), line);
            from = index + 1;
        }

        AssignUnnamed(unnamed, from, _paths.Count);
    }

    private void AssignUnnamed(List<string> lines, int from, int to)
    {
        if (lines.Count == 0)
            return;

        // A directory gives no byte; another read error can come in the middle of any file.
        var directories = lines.TrueForAll(line => StateOf(line) == PodFileState.IsDirectory);
        var suspects = Enumerable.Range(from, to - from).Where(index => _empty[index] || !directories).ToList();
        if (suspects.Count < lines.Count)
            HasUnexplained = true;
        var certain = suspects.Count == lines.Count;
        for (var at = 0; at < suspects.Count; at++)
        {
            var line = certain ? lines[at] : $"{lines[0]} (this file or one beside it)";
            _byFile[suspects[at]] = (certain ? StateOf(line) : PodFileState.Unreadable, line);
        }
    }

    private static PodFileState StateOf(string line) => line switch
    {
        _ when line.Contains("No such file", StringComparison.OrdinalIgnoreCase) => PodFileState.Missing,
        _ when line.Contains("Is a directory", StringComparison.OrdinalIgnoreCase) => PodFileState.IsDirectory,
        _ when line.Contains("Permission denied", StringComparison.OrdinalIgnoreCase) => PodFileState.Denied,
        _ => PodFileState.Unreadable,
    };

    // The path must end where its name ends: /app/a is not named by a line about /app/a.py.
    private static bool Names(string line, string path)
    {
        for (var at = line.IndexOf(path, StringComparison.Ordinal); at >= 0; at = line.IndexOf(path, at + 1, StringComparison.Ordinal))
        {
            var end = at + path.Length;
            if (line[at - 1] is ' ' or '\'' or '"' && (end == line.Length || line[end] is ':' or '\'' or '"'))
                return true;
        }

        return false;
    }
}
