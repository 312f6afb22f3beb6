using System.Text;
using System.Text.RegularExpressions;

namespace DifyUpgrade.Prompts.Python;

/// <summary>Turns bytes into text as Python does: byte order mark, then the encoding line of PEP 263, then UTF-8.</summary>
internal static partial class PythonEncoding
{
    private static readonly string[] Utf8Names = ["utf-8", "utf8", "u8", "utf-8-sig"];

    // Both map every byte to the code point of the same number, so positions stay exact.
    private static readonly string[] Latin1Names =
        ["latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1", "ascii", "us-ascii"];

    /// <summary>Decodes a file.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <returns>The text, or the problem that leaves none.</returns>
    public static Decoded Decode(ReadOnlySpan<byte> content)
    {
        var hasMark = content.StartsWith(Encoding.UTF8.Preamble);
        var bytes = hasMark ? content[Encoding.UTF8.Preamble.Length..] : content;
        if (Wide(content) is { } wide)
            return new Decoded(null, wide, null);
        if (bytes.IndexOf((byte)0) is var zero and >= 0)
            return new Decoded(null, Nul(bytes[..zero]), null);

        var (declared, line) = DeclaredIn(bytes);
        if (hasMark && !(declared ?? "utf-8").StartsWith("utf-8", StringComparison.Ordinal))
            return new Decoded(null, Refused(declared!, " after a byte order mark", line), null);
        if (declared is null || Utf8Names.Contains(declared))
            return DecodeUtf8(bytes);
        if (declared.StartsWith("utf-16", StringComparison.Ordinal) || declared.StartsWith("utf-32", StringComparison.Ordinal))
            return new Decoded(null, Refused(declared, " in a file of single bytes", line), null);
        var doubt = Latin1Names.Contains(declared) ? null : Unjudged(declared, line);
        return new Decoded(new PythonSource(Encoding.Latin1.GetString(bytes)), null, doubt);
    }

    private static Decoded DecodeUtf8(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != System.Buffers.OperationStatus.Done)
                return new Decoded(null, NotUtf8(bytes, at), null);
            at += length;
        }

        return new Decoded(new PythonSource(Encoding.UTF8.GetString(bytes)), null, null);
    }

    private static (string? Name, int Line) DeclaredIn(ReadOnlySpan<byte> bytes)
    {
        // Only the first two lines count, and the second only when the first holds no code.
        var head = new PythonSource(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 4096)])).Text.Split('\n', 3);
        for (var index = 0; index < Math.Min(2, head.Length); index++)
        {
            if (Declaration().Match(head[index]) is { Success: true } match)
                return (match.Groups[1].Value.ToLowerInvariant().Replace('_', '-'), index + 1);
            if (!NoCode().IsMatch(head[index]))
                break;
        }

        return (null, 0);
    }

    [GeneratedRegex(@"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^[ \t\f]*(?:#.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex NoCode();

    private static PythonProblem? Wide(ReadOnlySpan<byte> content) =>
        content.StartsWith<byte>([0xFF, 0xFE]) || content.StartsWith<byte>([0xFE, 0xFF])
            ? new PythonProblem("the file is UTF-16, which Python does not read as source", "save it as UTF-8", 1, 1)
            : null;

    private static PythonProblem Nul(ReadOnlySpan<byte> before)
    {
        var (line, column) = Locate(before);
        return new PythonProblem("a NUL byte stands in the file", "remove it, or save the file as UTF-8 text", line, column);
    }

    private static PythonProblem NotUtf8(ReadOnlySpan<byte> bytes, int at)
    {
        var (line, column) = Locate(bytes[..at]);
        return new PythonProblem($"byte 0x{bytes[at]:x2} is not UTF-8", "save the file as UTF-8", line, column);
    }

    private static (int Line, int Column) Locate(ReadOnlySpan<byte> before)
    {
        var source = new PythonSource(Encoding.UTF8.GetString(before));
        return (source.LineOf(source.Text.Length), source.ColumnOf(source.Text.Length));
    }

    private static PythonProblem Refused(string declared, string where, int line) => new(
        $"the encoding line says {declared}, which Python does not accept{where}",
        "save the file as UTF-8 and remove the encoding line",
        line,
        1);

    private static PythonProblem Unjudged(string declared, int line) => new(
        $"the encoding line says {declared}, which is not judged here: names are read, bytes beyond ASCII are not checked",
        "save the file as UTF-8 and remove the encoding line",
        line,
        1);

    /// <summary>A decoded file, or why it is none.</summary>
    /// <param name="Source">The text; null when there is a problem.</param>
    /// <param name="Problem">Why there is no text.</param>
    /// <param name="Doubt">What could not be judged.</param>
    internal sealed record Decoded(PythonSource? Source, PythonProblem? Problem, PythonProblem? Doubt);
}
