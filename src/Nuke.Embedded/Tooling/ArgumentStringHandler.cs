using System.Runtime.CompilerServices;
using System.Text;
using Nuke.Common.IO;

namespace Nuke.Common.Tooling;

/// <summary>
/// Arguments written as an interpolated string: what is put in is quoted if it has a space, and hidden if its format is <c>r</c>.
/// </summary>
[InterpolatedStringHandler]
public readonly ref struct ArgumentStringHandler
{
    private readonly StringBuilder _text;
    private readonly List<string> _secrets;

    /// <summary>Called by the compiler.</summary>
    public ArgumentStringHandler(int literalLength, int formattedCount, out bool handlerIsValid)
    {
        _text = new StringBuilder(literalLength);
        _secrets = new List<string>(formattedCount);
        handlerIsValid = true;
    }

    /// <summary>Takes a whole text as it is.</summary>
    public static implicit operator ArgumentStringHandler(string value)
    {
        var handler = new ArgumentStringHandler(value.Length, 0, out _);
        handler.AppendLiteral(value);
        return handler;
    }

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Called by the compiler. Format <c>r</c> hides the value, <c>nq</c> leaves it unquoted.</summary>
    public void AppendFormatted(object? obj, int alignment = 0, string? format = null)
    {
        var text = $"{obj}";
        if (format == "r")
            _secrets.Add(text);
        else if (format != "nq" && obj is string or AbsolutePath)
            text = Quote(text);
        _text.Append(alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment));
    }

    /// <summary>The arguments.</summary>
    public string ToStringAndClear() => _text.ToString();

    /// <summary>A function that hides the secret arguments in a text.</summary>
    public Func<string, string> GetFilter()
    {
        var secrets = _secrets;
        return text => secrets.Aggregate(text, (rest, secret) => secret.Length > 0 ? rest.Replace(secret, "[REDACTED]", StringComparison.Ordinal) : rest);
    }

    private static string Quote(string text)
        => text.Contains(' ', StringComparison.Ordinal) && text is not (['"', .., '"'] or ['\'', .., '\'']) ? $"\"{text}\"" : text;
}
