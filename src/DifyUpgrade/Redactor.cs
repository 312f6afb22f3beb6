using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DifyUpgrade;

/// <summary>
/// Takes known secret values out of text. Every text that helm or Kubernetes wrote passes through it where it enters,
/// so that nothing further in can leak it.
/// </summary>
internal sealed partial class Redactor
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    /// <summary>A line of a multi-line secret is only taken out by itself from this length on, in characters.</summary>
    private const int ShortestLine = 8;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Base64 in the middle of other base64 is only looked for from this length on, in characters.</summary>
    private const int ShortestInside = 8;

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<string> _open;
    private IReadOnlyList<string> _secrets = [];
    private volatile IReadOnlyList<string> _forms = [];

    /// <summary>Creates a redactor.</summary>
    /// <param name="secrets">The values to take out; empty ones are ignored.</param>
    /// <param name="open">Words that stay, whoever calls them secret: hiding the release's name would hide every line.</param>
    public Redactor(IEnumerable<string> secrets, params IReadOnlyList<string> open)
    {
        _open = open;
        Learn(secrets);
    }

    /// <summary>A redactor that knows no secrets.</summary>
    public static Redactor None => new([]);

    /// <summary>Takes out more from now on: what a run reads on its way, such as the Secrets of a revision.</summary>
    /// <param name="secrets">The values; empty ones are ignored.</param>
    public void Learn(IEnumerable<string> secrets)
    {
        lock (_gate)
        {
            _secrets = [.. _secrets.Concat(secrets.Where(secret => !string.IsNullOrWhiteSpace(secret))).Distinct(StringComparer.Ordinal).Except(_open, StringComparer.Ordinal)];

            // Longest first: a secret that is a prefix of another must not leave the other's tail behind.
            _forms = [.. _secrets.SelectMany(FormsOf).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
        }
    }

    /// <summary>Whether there is something to take out of a text.</summary>
    /// <param name="text">The text.</param>
    public bool Finds(string text) => Redact(text) != text;

    /// <summary>Puts the mask in the place of every known secret, also where it is base64, JSON-, YAML- or URL-escaped, and of every password and token in a URL.</summary>
    /// <param name="text">What helm or Kubernetes wrote.</param>
    /// <returns>The same text without secrets.</returns>
    public string Redact(string text)
    {
        foreach (var form in _forms)
            text = text.Replace(form, Mask, StringComparison.Ordinal);
        return text.Contains("://", StringComparison.Ordinal) ? TokenInUrl().Replace(PasswordInUrl().Replace(text, Mask), Mask) : text;
    }

    private static IEnumerable<string> FormsOf(string secret)
    {
        yield return secret;
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        foreach (var inside in InsideBase64(Encoding.UTF8.GetBytes(secret)))
            yield return inside;
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

    // Base64 of a text that holds the secret, such as the auth of a registry, depends on where in it the secret begins: three
    // ways. At both ends a character mixes in bits of a neighbour, so the core is all that can be known.
    private static IEnumerable<string> InsideBase64(byte[] secret)
    {
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. secret]);
            var mixed = ((before + secret.Length) % 3) switch { 0 => 0, 1 => 3, _ => 2 };
            var core = text[(before == 0 ? 0 : before + 1)..^mixed];
            if (core.Length >= ShortestInside)
                yield return core;
        }
    }

    [GeneratedRegex(@"(?<=://[^\s/:@""']*:)[^\s/@""']+(?=@)")]
    private static partial Regex PasswordInUrl();

    [GeneratedRegex(@"(?<=[?&](?:access_?token|token|api_?key|password|secret|sig|signature)=)[^\s&""'#]+", RegexOptions.IgnoreCase)]
    private static partial Regex TokenInUrl();

    // Go's encoding/json escapes what could be HTML, in lower-case hex, and leaves the rest.
    private static string AsGoWritesJson(string quoted) => quoted
        .Replace("<", "\\u003c", StringComparison.Ordinal)
        .Replace(">", "\\u003e", StringComparison.Ordinal)
        .Replace("&", "\\u0026", StringComparison.Ordinal);
}
