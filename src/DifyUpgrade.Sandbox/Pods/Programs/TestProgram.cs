using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary><c>test</c> and <c>[</c></summary>
internal static class TestProgram
{
    /// <summary>Runs it.</summary>
    public static IEnumerable<ProgramStep> Run(ProgramContext context)
    {
        var words = context.Arguments.Skip(1).ToList();
        if (context.Arguments[0].EndsWith('['))
        {
            if (words.Count == 0 || words[^1] != "]")
                return [Write.Line("sh: missing ]", toError: true), new Exit(2)];
            words.RemoveAt(words.Count - 1);
        }

        try
        {
            return [new Exit(Or(context, words) ? 0 : 1)];
        }
        catch (FormatException error)
        {
            return [Write.Line($"sh: {error.Message}", toError: true), new Exit(2)];
        }
    }

    private static bool Or(ProgramContext context, List<string> words) =>
        words.IndexOf("-o") is > 0 and var at ? Or(context, words[..at]) || Or(context, words[(at + 1)..]) : And(context, words);

    private static bool And(ProgramContext context, List<string> words) =>
        words.IndexOf("-a") is > 0 and var at ? And(context, words[..at]) && And(context, words[(at + 1)..]) : One(context, words);

    private static bool One(ProgramContext context, List<string> words) => words switch
    {
        [] => false,
        [var text] => text.Length > 0,
        ["!", .. var rest] => !One(context, rest),
        ["-n", var text] => text.Length > 0,
        ["-z", var text] => text.Length == 0,
        [['-', var kind], var path] => Is(context, kind, path),
        [var left, "=" or "==", var right] => left == right,
        [var left, "!=", var right] => left != right,
        [var left, "-eq", var right] => Number(left) == Number(right),
        [var left, "-ne", var right] => Number(left) != Number(right),
        [var left, "-lt", var right] => Number(left) < Number(right),
        [var left, "-le", var right] => Number(left) <= Number(right),
        [var left, "-gt", var right] => Number(left) > Number(right),
        [var left, "-ge", var right] => Number(left) >= Number(right),
        _ => throw new FormatException($"{words[1]}: unknown operand"),
    };

    private static bool Is(ProgramContext context, char kind, string path)
    {
        try
        {
            var node = context.Files.Find(context.PathOf(path), follow: kind is not ('L' or 'h'));
            return kind switch
            {
                'f' => node is ContentNode,
                'd' => node is FolderNode,
                'L' or 'h' => node is LinkNode,
                's' => FileMode.Size(node) > 0,
                'r' => node is not ContentNode || CanRead(context, path),
                'w' => context.Files.CanWrite(context.PathOf(path), context.User),
                'x' => node is FolderNode || (node.Mode & 0b001_001_001) != 0,
                'e' => true,
                _ => throw new FormatException($"-{kind}: unknown operand"),
            };
        }
        catch (FileError)
        {
            return false;
        }
    }

    private static bool CanRead(ProgramContext context, string path)
    {
        context.Files.Read(context.PathOf(path), context.User);
        return true;
    }

    private static long Number(string text) => long.TryParse(text, out var number) ? number : throw new FormatException($"{text}: bad number");
}
