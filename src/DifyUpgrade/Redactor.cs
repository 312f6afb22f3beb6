namespace DifyUpgrade;

/// <summary>
/// Takes known secret values out of text. Every text that helm or Kubernetes wrote passes through it where it enters,
/// so that nothing further in can leak it.
/// </summary>
public sealed class Redactor
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    private readonly IReadOnlyList<string> _secrets;

    /// <summary>Creates a redactor.</summary>
    /// <param name="secrets">The values to take out; empty ones are ignored.</param>
    public Redactor(IEnumerable<string> secrets)
    {
        // Longest first: a secret that is a prefix of another must not leave the other's tail behind.
        _secrets = [.. secrets.Where(secret => secret.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length)];
    }

    /// <summary>A redactor that knows no secrets.</summary>
    public static Redactor None { get; } = new([]);

    /// <summary>Puts the mask in the place of every known secret.</summary>
    /// <param name="text">What helm or Kubernetes wrote.</param>
    /// <returns>The same text without secrets.</returns>
    public string Redact(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        return text;
    }
}
