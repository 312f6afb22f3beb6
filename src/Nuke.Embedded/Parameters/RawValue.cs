namespace Nuke.Common.ValueInjection;

/// <summary>A value as it was given, before it has its type.</summary>
/// <param name="Texts">One text, or an array's items.</param>
/// <param name="Origin">Where it was given, to follow "in" or "on" in a message.</param>
/// <param name="Folder">What a relative path in it is relative to.</param>
internal sealed record RawValue(IReadOnlyList<string> Texts, string Origin, AbsolutePath Folder);
