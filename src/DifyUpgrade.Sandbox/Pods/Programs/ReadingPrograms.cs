using System.Text;
using System.Text.RegularExpressions;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>Programs that read files, or their input, and say something of them; worded as busybox words it.</summary>
internal static class ReadingPrograms
{
    /// <summary><c>cat</c></summary>
    public static IEnumerable<ProgramStep> Cat(ProgramContext context)
    {
        var options = new Options(context, "nuv");
        var (input, failed) = (new ProgramInput(context), false);
        foreach (var path in options.Files)
        {
            foreach (var step in input.Read(path))
                yield return step;
            failed |= input.Error is not null;
            yield return input.Error is { } error ? Write.Line(CannotOpen("cat", path, error), toError: true) : new Write(input.Content, ToError: false);
        }

        yield return new Exit(failed ? 1 : 0);
    }

    /// <summary><c>head</c></summary>
    public static IEnumerable<ProgramStep> Head(ProgramContext context)
    {
        var options = new Options(context, "qv", "nc");
        var bytes = options.Value('c');
        var wanted = Number(bytes ?? options.Value('n') ?? "10");
        return Each(context, options, (path, error) => $"head: {path}: {(error.Message == "Is a directory" ? "Input/output error" : error.Message)}", content =>
            bytes is not null ? content[..Math.Min(content.Length, wanted)] : content[..LineEnd(content.Span, wanted)]);
    }

    /// <summary><c>tail</c></summary>
    public static IEnumerable<ProgramStep> Tail(ProgramContext context)
    {
        var options = new Options(context, "qvfF", "nc");
        var value = options.Value('c') ?? options.Value('n') ?? "10";
        var (fromStart, wanted) = (value.StartsWith('+'), Number(value.TrimStart('+', '-')));
        var isNothing = options.Rest.Count > 0 && !options.Rest.Any(path => context.Files.Exists(context.PathOf(path)));
        return Each(context, options, (path, error) => CannotOpen("tail", path, error), content =>
        {
            var size = options.Value('c') is null ? content.Span.Count((byte)'\n') + (content.Length > 0 && content.Span[^1] != '\n' ? 1 : 0) : content.Length;
            var skipped = fromStart ? Math.Max(0, wanted - 1) : Math.Max(0, size - wanted);
            return options.Value('c') is null ? content[LineEnd(content.Span, skipped)..] : content[Math.Min(content.Length, skipped)..];
        }, isNothing ? "tail: no files" : null);
    }

    /// <summary><c>wc</c></summary>
    public static IEnumerable<ProgramStep> Count(ProgramContext context)
    {
        var options = new Options(context, "lwc");
        var (input, failed, total) = (new ProgramInput(context), false, new int[3]);
        foreach (var path in options.Files)
        {
            foreach (var step in input.Read(path))
                yield return step;
            failed |= input.Error is not null;
            var counts = CountsOf(input.Content.Span);
            total = [.. total.Zip(counts, (sum, count) => sum + count)];
            yield return input.Error is { } error ? Write.Line($"wc: {path}: {error.Message}", toError: true) : Write.Line(Counted(counts, options) + (path == "-" ? "" : $" {path}"));
        }

        if (options.Files.Count > 1)
            yield return Write.Line($"{Counted(total, options)} total");
        yield return new Exit(failed ? 1 : 0);
    }

    /// <summary><c>grep</c></summary>
    public static IEnumerable<ProgramStep> Grep(ProgramContext context)
    {
        var options = new Options(context, "invqcEFwoh", "e");
        var pattern = options.Value('e') ?? options.Rest.ElementAtOrDefault(0) ?? "";
        var files = options.Rest.Skip(options.Value('e') is null ? 1 : 0).DefaultIfEmpty("-").ToList();
        var (input, found, failed) = (new ProgramInput(context), false, false);
        foreach (var path in files)
        {
            foreach (var step in input.Read(path))
                yield return step;
            failed |= input.Error is not null;
            if (input.Error is { } error)
                yield return Write.Line($"grep: {path}: {error.Message}", toError: true);
            foreach (var line in Matching(Encoding.UTF8.GetString(input.Content.Span), pattern, options))
            {
                found = true;
                if (!options.Has('q'))
                    yield return Write.Line(files.Count > 1 && !options.Has('h') ? $"{path}:{line}" : line);
            }
        }

        yield return new Exit(failed ? 2 : found ? 0 : 1);
    }

    /// <summary><c>sort</c></summary>
    public static IEnumerable<ProgramStep> Sort(ProgramContext context)
    {
        var options = new Options(context, "ru");
        return Each(context, options, (path, error) => $"sort: {path}: {error.Message}", content =>
        {
            var lines = Encoding.UTF8.GetString(content.Span).Split('\n').SkipLast(1).Order(StringComparer.Ordinal);
            var sorted = options.Has('u') ? lines.Distinct() : lines;
            return Encoding.UTF8.GetBytes(string.Concat((options.Has('r') ? sorted.Reverse() : sorted).Select(line => line + "\n")));
        });
    }

    /// <summary>What <c>cat</c> and most others say to a file that cannot be read; a folder they do not even name.</summary>
    public static string CannotOpen(string program, string path, Exception error) =>
        error.Message == "Is a directory" ? $"{program}: read error: Is a directory" : $"{program}: can't open '{path}': {error.Message}";

    private static IEnumerable<ProgramStep> Each(ProgramContext context, Options options, Func<string, Exception, string> complaint, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> part, string? lastWord = null)
    {
        var (input, failed) = (new ProgramInput(context), false);
        foreach (var path in options.Files)
        {
            foreach (var step in input.Read(path))
                yield return step;
            failed |= input.Error is not null;
            if (input.Error is null && options.Files.Count > 1 && !options.Has('q'))
                yield return Write.Line($"{(path == options.Files[0] ? "" : "\n")}==> {path} <==");
            yield return input.Error is { } error ? Write.Line(complaint(path, error), toError: true) : new Write(part(input.Content), ToError: false);
        }

        if (lastWord is not null)
            yield return Write.Line(lastWord, toError: true);
        yield return new Exit(failed ? 1 : 0);
    }

    private static int[] CountsOf(ReadOnlySpan<byte> content) =>
        [content.Count((byte)'\n'), Encoding.UTF8.GetString(content).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, content.Length];

    // A single number of a single file stands without blanks.
    private static string Counted(int[] counts, Options options)
    {
        var chosen = Enumerable.Range(0, 3).Where(index => options.Has("lwc"[index])).ToList();
        return chosen.Count == 1 && options.Files.Count == 1 ? $"{counts[chosen[0]]}"
            : string.Join(' ', Enumerable.Range(0, 3).Where(index => chosen.Count == 0 || chosen.Contains(index)).Select(index => $"{counts[index],9}"));
    }

    private static IEnumerable<string> Matching(string text, string pattern, Options options)
    {
        var regex = Expression(options.Has('F') ? Regex.Escape(pattern) : pattern, RegexOptions.NonBacktracking | (options.Has('i') ? RegexOptions.IgnoreCase : RegexOptions.None));
        var lines = text.Split('\n').SkipLast(text.EndsWith('\n') || text.Length == 0 ? 1 : 0).Select((line, index) => (line, index)).Where(entry => regex.IsMatch(entry.line) != options.Has('v')).ToList();
        return options.Has('c') ? [$"{lines.Count}"] : lines.Select(entry => options.Has('n') ? $"{entry.index + 1}:{entry.line}" : entry.line);
    }

    // A pattern that .NET does not know is taken by its letters.
    private static Regex Expression(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return new Regex(Regex.Escape(pattern), options);
        }
    }

    private static int Number(string text) => int.TryParse(text, out var number) && number >= 0 ? number : 10;

    private static int LineEnd(ReadOnlySpan<byte> content, int lines)
    {
        var at = 0;
        for (; lines > 0 && at < content.Length; lines--)
            at = content[at..].IndexOf((byte)'\n') is >= 0 and var end ? at + end + 1 : content.Length;
        return at;
    }
}
