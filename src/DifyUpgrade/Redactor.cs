using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DifyUpgrade;

/// <summary>
/// Takes known secret values out of text. Every text that helm or Kubernetes wrote passes through it where it enters,
/// so that nothing further in can leak it.
/// </summary>
internal sealed class Redactor
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    /// <summary>A line of a multi-line secret is only taken out by itself from this length on, in characters.</summary>
    private const int ShortestLine = 8;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyList<string> _secrets;
    private readonly IReadOnlyList<string> _open;
    private readonly IReadOnlyList<string> _forms;

    /// <summary>Creates a redactor.</summary>
    /// <param name="secrets">The values to take out; empty ones are ignored.</param>
    /// <param name="open">Words that stay, whoever calls them secret: hiding the release's name would hide every line.</param>
    public Redactor(IEnumerable<string> secrets, params IReadOnlyList<string> open)
    {
        _open = open;
        _secrets = [.. secrets.Where(secret => !string.IsNullOrWhiteSpace(secret)).Distinct(StringComparer.Ordinal).Except(open, StringComparer.Ordinal)];

        // Longest first: a secret that is a prefix of another must not leave the other's tail behind.
        _forms = [.. _secrets.SelectMany(FormsOf).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
    }

    /// <summary>A redactor that knows no secrets.</summary>
    public static Redactor None { get; } = new([]);

    /// <summary>A redactor that knows more.</summary>
    /// <param name="secrets">The values to take out besides those it knows.</param>
    /// <returns>The redactor.</returns>
    public Redactor With(IEnumerable<string> secrets) => new(_secrets.Concat(secrets), _open);

    /// <summary>Puts the mask in the place of every known secret, also where it is base64, JSON-, YAML- or URL-escaped.</summary>
    /// <param name="text">What helm or Kubernetes wrote.</param>
    /// <returns>The same text without secrets.</returns>
    public string Redact(string text)
    {
        foreach (var form in _forms)
            text = text.Replace(form, Mask, StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<string> FormsOf(string secret)
    {
        yield return secret;
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        yield return JsonSerializer.Serialize(secret)[1..^1];
        var quoted = JsonSerializer.Serialize(secret, Relaxed)[1..^1];
        yield return quoted;
        yield return AsGoWritesJson(quoted);
        yield return secret.Replace("'", "''", StringComparison.Ordinal);
        yield return Uri.EscapeDataString(secret);
        yield return WebUtility.UrlEncode(secret);
        if (secret.Contains('\n', StringComparison.Ordinal))
        {
            foreach (var line in secret.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length >= ShortestLine))
                yield return line;
        }
    }

    // Go's encoding/json escapes what could be HTML, in lower-case hex, and leaves the rest.
    private static string AsGoWritesJson(string quoted) => quoted
        .Replace("<", "\\u003c", StringComparison.Ordinal)
        .Replace(">", "\\u003e", StringComparison.Ordinal)
        .Replace("&", "\\u0026", StringComparison.Ordinal);
}
