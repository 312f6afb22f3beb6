namespace DifyUpgrade.Prompts.Python;

/// <summary>Reads which names a Python file binds at top level. The file is never run; the work is linear in its size.</summary>
internal static class PythonNames
{
    // One slip of a quote makes many faults; the first few say where to look.
    private const int MostProblems = 5;

    /// <summary>Reads a file by the grammar of Python 3.12, the version in Dify's images.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <returns>What was read; never throws over what the file holds.</returns>
    public static PythonModule Read(ReadOnlyMemory<byte> content)
    {
        var (source, problem, doubt) = PythonEncoding.Decode(content.Span);
        IReadOnlyList<PythonProblem> doubts = doubt is null ? [] : [doubt];
        if (source is null)
        {
            var nothing = new PythonSource(string.Empty);
            return Describe(nothing, new PythonBindings(nothing), problem is null ? [] : [problem], doubts);
        }

        var bindings = new PythonBindings(source);
        var tokens = PythonTokenizer.Read(source.Text, out var faults);
        var fault = PythonStatements.Read(PythonLogicalLine.Group(tokens), bindings);

        // What statements lack after a bad token is a consequence of it.
        if (faults.Count == 0 && fault is not null)
            faults = [fault.Value];
        return Describe(source, bindings, [.. faults.Take(MostProblems).Select(source.Place)], doubts);
    }

    private static PythonModule Describe(PythonSource source, PythonBindings bindings, IReadOnlyList<PythonProblem> problems, IReadOnlyList<PythonProblem> doubts) => new()
    {
        Source = source,
        Names = bindings.Names,
        OpenEnds = bindings.OpenEnds,
        GlobalsOfBodies = bindings.GlobalsOfBodies,
        Texts = bindings.Definitions.Texts,
        Statements = bindings.Definitions.Statements,
        Rebound = bindings.Definitions.Rebound,
        Deleted = bindings.Definitions.Deleted,
        Problems = problems,
        Doubts = doubts,
    };
}
