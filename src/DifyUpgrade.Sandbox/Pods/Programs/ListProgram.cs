using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary><c>ls</c></summary>
internal static class ListProgram
{
    /// <summary>Runs it.</summary>
    public static IEnumerable<ProgramStep> Run(ProgramContext context)
    {
        var options = new Options(context, "1AaCldnhRrtSFpi");
        if (options.Unknown is not null)
            return options.Refusal;
        var (lines, complaints, failed) = (new List<string>(), new List<string>(), false);
        var folders = new List<string>();
        foreach (var path in options.Rest.DefaultIfEmpty("."))
        {
            try
            {
                var node = context.Files.Find(context.PathOf(path), follow: !options.Has('l') && !options.Has('d'));
                if (node is FolderNode && !options.Has('d'))
                    folders.Add(path);
                else
                    lines.Add(Line(context, options, context.PathOf(path), path));
            }
            catch (FileError error)
            {
                failed = true;
                complaints.Add($"ls: {path}: {error.Message}");
            }
        }

        foreach (var folder in folders)
        {
            if (options.Rest.Count > 1)
                lines.AddRange(lines.Count > 0 ? ["", $"{folder}:"] : [$"{folder}:"]);
            lines.AddRange(Folder(context, options, folder));
        }

        return [.. complaints.Select(line => Write.Line(line, toError: true)), .. lines.Select(line => Write.Line(line)), new Exit(failed ? 1 : 0)];
    }

    private static IEnumerable<string> Folder(ProgramContext context, Options options, string path)
    {
        var full = context.PathOf(path);
        IEnumerable<string> names = context.Files.Names(full);
        if (options.Has('a'))
            names = names.Prepend("..").Prepend(".");
        else if (!options.Has('A'))
            names = names.Where(name => !name.StartsWith('.'));
        if (options.Has('r'))
            names = names.Reverse();
        var found = names.ToList();
        var lines = found.Select(name => Line(context, options, $"{full}/{name}", name));
        var blocks = found.Sum(name => Blocks(context.Files.Find($"{full}/{name}", follow: false)));
        return options.Has('l') || options.Has('n') ? lines.Prepend($"total {blocks}") : lines;
    }

    private static string Line(ProgramContext context, Options options, string path, string name)
    {
        if (!options.Has('l') && !options.Has('n'))
            return name;
        var node = context.Files.Find(path, follow: false);
        var names = new UserNames(context.Files);
        var user = (options.Has('n') ? null : names.User(node.Owner.User)) ?? $"{node.Owner.User}";
        var group = (options.Has('n') ? null : names.Group(node.Owner.Group)) ?? $"{node.Owner.Group}";
        var isOld = context.Time.GetUtcNow() - node.Changed > TimeSpan.FromDays(180);
        var changed = $"{node.Changed.UtcDateTime:MMM} {node.Changed.Day,2} {(isOld ? $" {node.Changed.Year}" : $"{node.Changed.UtcDateTime:HH:mm}")}";
        return $"{FileMode.Text(node)} {(node is FolderNode ? 2 : 1),4} {user,-8} {group,-8} {FileMode.Size(node),9} {changed} {name}{(node is LinkNode link ? $" -> {link.Target}" : "")}";
    }

    private static long Blocks(FileNode node) => node is LinkNode ? 0 : (FileMode.Size(node) + 4095) / 4096 * 4;
}
