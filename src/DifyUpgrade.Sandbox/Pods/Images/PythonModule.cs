namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>What came of importing a Python file, as far as a stand-in has to know.</summary>
/// <param name="Names">The names it has at its top level.</param>
/// <param name="Error">What it raised, such as <c>RuntimeError: no</c>; null for nothing.</param>
/// <param name="ErrorLine">The line that raised it, counted from one.</param>
internal sealed record PythonModule(IReadOnlySet<string> Names, string? Error = null, int ErrorLine = 0)
{
    /// <summary>The kind of error, such as <c>SyntaxError</c>.</summary>
    public string? ErrorKind => Error?.Split(':')[0];
}
