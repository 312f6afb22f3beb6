namespace DifyUpgrade.Prompts.Python;

/// <summary>What a Python says of a file that it was asked to compile.</summary>
/// <param name="Version">The Python's version.</param>
/// <param name="Error">Why it would not compile the file; null when it does.</param>
internal sealed record PythonVerdict(string Version, PythonSyntaxError? Error);

/// <summary>Why a Python would not compile a file.</summary>
/// <param name="Message">In Python's words.</param>
/// <param name="Line">From 1; null when Python names none.</param>
/// <param name="Column">From 1; null when Python names none.</param>
internal sealed record PythonSyntaxError(string Message, int? Line, int? Column);
