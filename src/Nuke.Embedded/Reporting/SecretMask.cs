namespace Nuke.Common.Reporting;

/// <summary>Knows the secret values of a run and takes them out of text.</summary>
internal sealed class SecretMask
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mark = "***";

    // Tools write line by line, so a secret of several lines is also looked for line by line; not its shortest
    // lines, which are braces and the like.
    private const int ShortestLine = 4;

    // Longest first: a secret that begins another must not leave the other's tail behind.
    private IReadOnlyList<string> _secrets = [];

    /// <summary>All secret texts, the longest first.</summary>
    public IReadOnlyList<string> Texts => _secrets;

    /// <summary>Adds a parameter's value, or each of its items.</summary>
    public void Add(object? value)
    {
        var texts = value switch
        {
            null => [],
            string text => [text],
            IEnumerable items => items.Cast<object?>().Select(item => $"{item}"),
            _ => [$"{value}"],
        };
        _secrets =
        [
            .. texts.SelectMany(WithLines).Concat(_secrets)
                .Where(text => text.Length > 0)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(text => text.Length),
        ];
    }

    public string Mask(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<string> WithLines(string text)
        => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length >= ShortestLine).Append(text).Append(text.Trim());
}
