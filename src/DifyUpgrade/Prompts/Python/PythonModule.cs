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

    /// <summary>Whether the file takes in names of another module with <c>import *</c>.</summary>
    public bool HasStarImport => OpenEnds.Any(end => end.IsStarImport);
}

/// <summary>A name bound at top level.</summary>
/// <param name="Name">As Python compares it.</param>
/// <param name="Line">The line of its first certain binding, else of its first binding; from 1.</param>
/// <param name="IsConditional">Bound only within an if, try, for, while, with or match, or by a walrus.</param>
internal sealed record PythonName(string Name, int Line, bool IsConditional);

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
