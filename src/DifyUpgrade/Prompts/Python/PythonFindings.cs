using System.Text.RegularExpressions;

namespace DifyUpgrade.Prompts.Python;

/// <summary>Says what keeps Python from compiling a file.</summary>
internal static partial class PythonFindings
{
    private const string Consequence = "names are compared once the file compiles";

    // The version in Dify's images, which this reader follows too.
    private static readonly Version Followed = new(3, 12);

    /// <summary>Puts what this reader saw and what Python itself said into findings, one for each fault.</summary>
    /// <param name="fileName">The path to show.</param>
    /// <param name="module">What this reader saw.</param>
    /// <param name="verdict">What a python3 on PATH said; null when it was not asked.</param>
    /// <returns>Errors first.</returns>
    public static IEnumerable<Finding> Of(string fileName, PythonModule module, PythonVerdict? verdict)
    {
        var faults = module.Problems.Select((problem, index) => Finding.Error(
            $"Python would not compile the file: {problem.Seen}{(index == 0 ? Says(verdict) : string.Empty)}",
            Place(fileName, problem.Line, problem.Column),
            $"{problem.Remedy}; {Consequence}"));
        var doubts = module.Doubts.Select(doubt => Finding.Warning(doubt.Seen, Place(fileName, doubt.Line, doubt.Column), doubt.Remedy));
        return [.. faults, .. module.Problems.Count == 0 && verdict is { Error: { } error } ? OfPython(fileName, module, verdict, error) : [], .. doubts];
    }

    private static string Says(PythonVerdict? verdict) => verdict switch
    {
        null => string.Empty,
        { Error: null } => $" (Python {verdict.Version} on PATH does compile it, but Dify's images run 3.12)",
        { Error: { Line: { } line } error } => $" (Python {verdict.Version} says: {error.Message}, line {line})",
        _ => $" (Python {verdict.Version} says: {verdict.Error.Message})",
    };

    private static IEnumerable<Finding> OfPython(string fileName, PythonModule module, PythonVerdict verdict, PythonSyntaxError error)
    {
        var isOlder = Version.TryParse(verdict.Version, out var version) && version < Followed;
        var where = error.Line is { } line ? Place(fileName, line, error.Column ?? 1) : fileName;
        var seen = $"Python would not compile the file: Python {verdict.Version} says {error.Message}";
        return isOlder && Newer().IsMatch(module.Source.Text)
            ? [Finding.Warning(seen, where, "mend the line; where it is right for Python 3.12, which Dify's images run, leave it")]
            : [Finding.Error(seen, where, $"mend the line, then try: python3 -m py_compile {fileName}")];
    }

    // What Pythons before 3.12 may refuse in a file that is right: fields of f-strings, type, match, type parameters.
    [GeneratedRegex(
        """\b(?:f|rf|fr)["']|^[ \t]*(?:type|match|case)[ \t]|^[ \t]*(?:def|class)[ \t]+\w+\[""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Newer();

    private static string Place(string fileName, int line, int column) => $"{fileName}:{line}:{column}";
}
