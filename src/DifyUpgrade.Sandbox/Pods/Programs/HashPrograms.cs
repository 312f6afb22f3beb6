using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>Programs that print a checksum or another form of a file.</summary>
internal static class HashPrograms
{
    /// <summary><c>sha256sum</c></summary>
    public static IEnumerable<ProgramStep> Sha256(ProgramContext context) => Each(context, content => Convert.ToHexStringLower(SHA256.HashData(content.Span)));

    /// <summary><c>md5sum</c></summary>
    [SuppressMessage("Security", "CA5351", Justification = "The program of that name prints this checksum; nothing is secured by it.")]
    public static IEnumerable<ProgramStep> Md5(ProgramContext context) => Each(context, content => Convert.ToHexStringLower(MD5.HashData(content.Span)));

    /// <summary><c>base64</c></summary>
    public static IEnumerable<ProgramStep> Base64(ProgramContext context)
    {
        var input = new ProgramInput(context);
        var options = new Options(context, "", "w");
        foreach (var step in input.Read(options.Files[0]))
            yield return step;
        if (input.Error is { } error)
        {
            yield return Write.Line(ReadingPrograms.CannotOpen("base64", options.Files[0], error), toError: true);
            yield return new Exit(1);
            yield break;
        }

        var text = Convert.ToBase64String(input.Content.Span);
        foreach (var line in options.Value('w') == "0" ? [text] : text.Chunk(76).Select(part => new string(part)))
            yield return Write.Line(line);
    }

    private static IEnumerable<ProgramStep> Each(ProgramContext context, Func<ReadOnlyMemory<byte>, string> hash)
    {
        var options = new Options(context, "b");
        var (input, failed) = (new ProgramInput(context), false);
        foreach (var path in options.Files)
        {
            foreach (var step in input.Read(path))
                yield return step;
            failed |= input.Error is not null;
            yield return input.Error is { } error ? Write.Line($"{options.Name}: can't {(error.Message == "Is a directory" ? "read" : "open")} '{path}': {error.Message}", toError: true) : Write.Line($"{hash(input.Content)}  {path}");
        }

        yield return new Exit(failed ? 1 : 0);
    }
}
