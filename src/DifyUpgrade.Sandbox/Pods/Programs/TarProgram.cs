using System.Formats.Tar;
using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary><c>tar</c>, as far as <c>kubectl cp</c> types it: <c>cf - PATH…</c> and <c>xf - -C FOLDER</c>.</summary>
internal static class TarProgram
{
    /// <summary>Runs it.</summary>
    public static IEnumerable<ProgramStep> Run(ProgramContext context)
    {
        var words = context.Arguments.Skip(1).Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
        var mode = words.Count > 1 && words[1] == "-" ? words[0] : "";
        var folder = words.IndexOf("-C") is > 0 and var at && at + 1 < words.Count ? words[at + 1] : ".";
        if (mode.Contains('c', StringComparison.Ordinal))
            return Pack(context, [.. words.Skip(2)]);
        if (mode.Contains('x', StringComparison.Ordinal))
            return Unpack(context, context.PathOf(folder));
        return [Write.Line("tar: in the sandbox it only knows \"cf - PATH...\" and \"xf - -C FOLDER\"", toError: true), new Exit(1)];
    }

    private static IEnumerable<ProgramStep> Pack(ProgramContext context, IReadOnlyList<string> paths)
    {
        List<string> problems = [];
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var path in paths)
                Add(writer, context, path, problems);
        }

        if (paths.Any(path => path.StartsWith('/')))
            yield return Write.Line("tar: removing leading '/' from member names", toError: true);
        yield return new Write(archive.ToArray(), ToError: false);
        foreach (var problem in problems)
            yield return Write.Line("tar: " + problem, toError: true);
        yield return new Exit(problems.Count == 0 ? 0 : 1);
    }

    private static void Add(TarWriter writer, ProgramContext context, string path, List<string> problems)
    {
        try
        {
            var full = context.PathOf(path);
            var node = context.Files.Find(full);
            var isFolder = node is FolderNode;
            var entry = new UstarTarEntry(isFolder ? TarEntryType.Directory : TarEntryType.RegularFile, path.TrimStart('/') + (isFolder ? "/" : ""))
            {
                Mode = (UnixFileMode)node.Mode,
                ModificationTime = node.Changed,
                DataStream = isFolder ? null : new MemoryStream(context.Files.Read(full, context.User).ToArray()),
            };
            writer.WriteEntry(entry);
            foreach (var name in isFolder ? context.Files.Names(full) : [])
                Add(writer, context, $"{path.TrimEnd('/')}/{name}", problems);
        }
        catch (FileError error)
        {
            problems.Add($"{path}: {error.Message}");
        }
    }

    private static IEnumerable<ProgramStep> Unpack(ProgramContext context, string folder)
    {
        var input = new ProgramInput(context);
        foreach (var step in input.Read("-"))
            yield return step;
        var problem = Unpack(context, folder, input.Content);
        if (problem is not null)
            yield return Write.Line("tar: " + problem, toError: true);
        yield return new Exit(problem is null ? 0 : 1);
    }

    private static string? Unpack(ProgramContext context, string folder, ReadOnlyMemory<byte> archive)
    {
        using var stream = new MemoryStream(archive.ToArray());
        using var reader = new TarReader(stream);
        var name = "";
        try
        {
            while (reader.GetNextEntry(copyData: true) is { } entry)
            {
                name = entry.Name;
                Put(context, $"{folder}/{name.TrimEnd('/')}", entry);
            }

            return null;
        }
        catch (FileError error)
        {
            return $"can't open '{name}': {error.Message}";
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or FormatException)
        {
            return "invalid tar magic";
        }
    }

    private static void Put(ProgramContext context, string path, TarEntry entry)
    {
        MakeFolders(context, entry.EntryType == TarEntryType.Directory ? path : path[..path.LastIndexOf('/')]);
        if (entry.EntryType == TarEntryType.Directory)
            return;
        using var content = new MemoryStream();
        entry.DataStream?.CopyTo(content);
        context.Files.Write(path, content.ToArray(), context.User, context.Time.GetUtcNow());
    }

    private static void MakeFolders(ProgramContext context, string path)
    {
        if (path.Length == 0 || context.Files.Exists(path))
            return;
        MakeFolders(context, path[..path.LastIndexOf('/')]);
        context.Files.MakeFolder(path, context.User, context.Time.GetUtcNow());
    }
}
