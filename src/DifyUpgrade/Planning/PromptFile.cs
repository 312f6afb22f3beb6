namespace DifyUpgrade.Planning;

/// <summary>A local file that becomes one key of the ConfigMap.</summary>
/// <param name="Key">The ConfigMap key.</param>
/// <param name="Path">The file, absolute.</param>
/// <param name="Content">The file's bytes.</param>
internal sealed record PromptFile(string Key, string Path, ReadOnlyMemory<byte> Content)
{
    /// <summary>SHA-256 of the bytes, in lower-case hex.</summary>
    public string Sha256 { get; } = ContentHash.Of(Content.Span);
}
