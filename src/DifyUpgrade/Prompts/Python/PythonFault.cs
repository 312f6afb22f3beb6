namespace DifyUpgrade.Prompts.Python;

/// <summary>A problem before its offset is turned into line and column.</summary>
/// <param name="Offset">Into the decoded text.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Remedy">What to change.</param>
internal readonly record struct PythonFault(int Offset, string Seen, string Remedy);
