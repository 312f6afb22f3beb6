namespace DifyUpgrade;

/// <summary>Files that this assembly brings along.</summary>
internal static class EmbeddedFile
{
    /// <summary>Opens one.</summary>
    /// <param name="name">Its logical name, such as <c>DifyUpgrade.Prompts.prompt-contract.json</c>.</param>
    /// <returns>The bytes.</returns>
    public static Stream Open(string name) => typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"{name} is not embedded in this assembly.");

    /// <summary>Reads one as text.</summary>
    /// <param name="name">Its logical name.</param>
    /// <returns>The text, with line feeds only.</returns>
    public static string Read(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
