namespace DifyUpgrade.Mounts;

/// <summary>The prompts files that Dify's images ship, as far as their content is known.</summary>
internal static class StockFiles
{
    private static readonly Dictionary<string, string> Versions = new(StringComparer.Ordinal)
    {
        // 18,882 bytes; read from langgenius/dify at the commits that bumped 1.8.0 and 1.10.1.
        ["1cb3cc66e92e491bf66174acec0b0d6928c65051ee3883c00949d0898b02d458"] = "1.8.0 to 1.10.1",
    };

    /// <summary>Which versions ship a file.</summary>
    /// <param name="sha256">Its SHA-256 in lower-case hex.</param>
    /// <returns>Such as <c>1.8.0 to 1.10.1</c>; null when it is no known one.</returns>
    public static string? VersionsOf(string sha256) => Versions.GetValueOrDefault(sha256);
}
