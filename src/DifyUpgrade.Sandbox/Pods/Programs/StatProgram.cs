using System.Text;
using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary><c>stat</c></summary>
internal static class StatProgram
{
    /// <summary>Runs it.</summary>
    public static IEnumerable<ProgramStep> Run(ProgramContext context)
    {
        var options = new Options(context, "Lt", "c");
        var failed = false;
        foreach (var path in options.Rest)
        {
            FileNode? node = null;
            string? complaint = null;
            try
            {
                node = context.Files.Find(context.PathOf(path), follow: options.Has('L'));
            }
            catch (FileError error)
            {
                (failed, complaint) = (true, $"stat: can't stat '{path}': {error.Message}");
            }

            yield return node is null ? Write.Line(complaint!, toError: true)
                : Write.Line(options.Value('c') is { } format ? Formatted(context, format, path, node) : Whole(context, path, node));
        }

        yield return new Exit(failed ? 1 : 0);
    }

    private static string Whole(ProgramContext context, string path, FileNode node)
    {
        var names = new UserNames(context.Files);
        var changed = $"{node.Changed.UtcDateTime:yyyy-MM-dd HH:mm:ss.fffffff}00 +0000";
        var blocks = node is LinkNode ? 0 : (FileMode.Size(node) + 4095) / 4096 * 8;
        return $"""
              File: {(node is LinkNode link ? $"'{path}' -> '{link.Target}'" : path)}
              Size: {FileMode.Size(node),-10}{'\t'}Blocks: {blocks,-10} IO Block: 4096   {FileMode.Kind(node)}
            Device: fe01h/65025d{'\t'}Inode: {Inode(path),-10}  Links: {(node is FolderNode ? 2 : 1)}
            Access: (0{FileMode.Octal(node)}/{FileMode.Text(node)})  Uid: ({node.Owner.User,5}/{names.User(node.Owner.User) ?? "UNKNOWN",8})   Gid: ({node.Owner.Group,5}/{names.Group(node.Owner.Group) ?? "UNKNOWN",8})
            Access: {changed}
            Modify: {changed}
            Change: {changed}
            """;
    }

    private static string Formatted(ProgramContext context, string format, string path, FileNode node)
    {
        var names = new UserNames(context.Files);
        var text = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            text.Append(format[at] != '%' || at + 1 == format.Length ? format[at].ToString() : format[++at] switch
            {
                'n' => path,
                's' => $"{FileMode.Size(node)}",
                'a' => FileMode.Octal(node),
                'A' => FileMode.Text(node),
                'F' => FileMode.Kind(node),
                'u' => $"{node.Owner.User}",
                'g' => $"{node.Owner.Group}",
                'U' => names.User(node.Owner.User) ?? "UNKNOWN",
                'G' => names.Group(node.Owner.Group) ?? "UNKNOWN",
                'Y' => $"{node.Changed.ToUnixTimeSeconds()}",
                'y' => $"{node.Changed.UtcDateTime:yyyy-MM-dd HH:mm:ss.fffffff}00 +0000",
                'i' => $"{Inode(path)}",
                'h' => "1",
                'N' => node is LinkNode link ? $"'{path}' -> '{link.Target}'" : path,
                var other => other.ToString(),
            });
        }

        return text.ToString();
    }

    // Any number does, as long as the same file has the same.
    private static long Inode(string path) => 11_000_000 + path.Sum(c => (long)c * 131 % 9973);
}
