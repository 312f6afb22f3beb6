namespace DifyUpgrade.Prompts.Python;

/// <summary>What can be said of a Python file without running it.</summary>
internal sealed record PythonModule
{
    /// <summary>The names bound at top level, in the order they were first bound.</summary>
    public required IReadOnlyList<PythonName> Names { get; init; }

    /// <summary>What makes the list of names incomplete; empty when it is complete.</summary>
    public required IReadOnlyList<PythonOpenEnd> OpenEnds { get; init; }

    /// <summary>Names that a function or class body declares <c>global</c>: bound only once that body runs.</summary>
    public required IReadOnlySet<string> GlobalsOfBodies { get; init; }

    /// <summary>What Python would refuse to compile; where there is one, the names are those read before it.</summary>
    public required IReadOnlyList<PythonProblem> Problems { get; init; }

    /// <summary>What this reader could not judge, though Python might.</summary>
    public required IReadOnlyList<PythonProblem> Doubts { get; init; }

    /// <summary>The text as it was read; empty when the bytes are none.</summary>
    public required PythonSource Source { get; init; }

    /// <summary>The text that a name ends up with, where it can be read off without running the file.</summary>
    public required IReadOnlyDictionary<string, PythonText> Texts { get; init; }

    /// <summary>The statements at top level, blocks as a whole, in the order they stand.</summary>
    public required IReadOnlyList<PythonStatement> Statements { get; init; }

    /// <summary>Names that are certainly bound a second time, so that the first binding is lost.</summary>
    public required IReadOnlyList<PythonSecond> Rebound { get; init; }

    /// <summary>Names that are certainly deleted again.</summary>
    public required IReadOnlyList<PythonSecond> Deleted { get; init; }

    /// <summary>Whether the file takes in names of another module with <c>import *</c>.</summary>
    public bool HasStarImport => OpenEnds.Any(end => end.IsStarImport);
}

/// <summary>A name bound at top level.</summary>
/// <param name="Name">As Python compares it.</param>
/// <param name="Line">The line of its first certain binding, else of its first binding; from 1.</param>
/// <param name="Offset">The offset of that binding; a column costs a walk along the line, so it is counted when it is shown.</param>
/// <param name="IsConditional">Bound only within an if, try, for, while, with or match, or by a walrus.</param>
internal sealed record PythonName(string Name, int Line, int Offset, bool IsConditional);

/// <summary>Something that may bind names which cannot be read off the file.</summary>
/// <param name="Text">What it is, as it stands in the file.</param>
/// <param name="IsStarImport">Whether it is a <c>from … import *</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">In characters, from 1.</param>
internal sealed record PythonOpenEnd(string Text, bool IsStarImport, int Line, int Column);

/// <summary>Something wrong, or not to be judged, at a place in the file.</summary>
/// <param name="Seen">What was seen, as a sentence without a full stop.</param>
/// <param name="Remedy">What to change.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">In characters, from 1.</param>
internal sealed record PythonProblem(string Seen, string Remedy, int Line, int Column);

/// <summary>A statement at top level, with all lines of its block.</summary>
/// <param name="Names">The names that it binds or deletes.</param>
/// <param name="Start">Its offset in the source.</param>
/// <param name="End">The offset after it.</param>
internal sealed record PythonStatement(IReadOnlySet<string> Names, int Start, int End);

/// <summary>A place where something becomes of a name that was bound before.</summary>
/// <param name="Name">The name.</param>
/// <param name="FirstLine">The line it was bound on before.</param>
/// <param name="Offset">Where that happens.</param>
internal sealed record PythonSecond(string Name, int FirstLine, int Offset);
