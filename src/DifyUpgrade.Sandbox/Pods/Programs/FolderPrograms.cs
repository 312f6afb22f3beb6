using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>Programs that look at names and folders, or change them.</summary>
internal static class FolderPrograms
{
    /// <summary><c>readlink</c></summary>
    public static IEnumerable<ProgramStep> ReadLink(ProgramContext context)
    {
        var options = new Options(context, "fn");
        return Each(options, path =>
        {
            if (options.Has('f'))
                return context.Files.Resolve(context.PathOf(path), follow: true) is { Length: > 0 } real ? real : "/";
            return context.Files.Find(context.PathOf(path), follow: false) is LinkNode link ? link.Target : throw FileError.Missing;
        }, (_, _) => null);
    }

    /// <summary><c>realpath</c></summary>
    public static IEnumerable<ProgramStep> RealPath(ProgramContext context) =>
        Each(new Options(context, ""), path => context.Files.Resolve(context.PathOf(path), follow: true), (path, error) => $"realpath: {path}: {error.Message}");

    /// <summary><c>touch</c></summary>
    public static IEnumerable<ProgramStep> Touch(ProgramContext context) => Each(new Options(context, "cam"), path =>
    {
        var full = context.PathOf(path);
        context.Files.Write(full, context.Files.Exists(full) ? context.Files.Read(full, FileOwner.Root) : default, context.User, context.Time.GetUtcNow());
        return null;
    }, (path, error) => $"touch: {path}: {error.Message}");

    /// <summary><c>mkdir</c></summary>
    public static IEnumerable<ProgramStep> MakeFolder(ProgramContext context)
    {
        var options = new Options(context, "p", "m");
        return Each(options, path =>
        {
            var full = context.PathOf(path);
            var parts = full.Split('/', StringSplitOptions.RemoveEmptyEntries);
            foreach (var part in options.Has('p') ? Enumerable.Range(1, parts.Length).Select(count => "/" + string.Join('/', parts.Take(count))) : [full])
            {
                if (!options.Has('p') || !context.Files.Exists(part))
                    context.Files.MakeFolder(part, context.User, context.Time.GetUtcNow());
            }

            return null;
        }, (path, error) => $"mkdir: can't create directory '{path}': {error.Message}");
    }

    /// <summary><c>rm</c></summary>
    public static IEnumerable<ProgramStep> Remove(ProgramContext context)
    {
        var options = new Options(context, "rRf");
        return Each(options, path =>
        {
            if (options.Has('f') && !context.Files.Exists(context.PathOf(path)))
                return null;
            if (!options.Has('r') && !options.Has('R') && context.Files.Find(context.PathOf(path), follow: false) is FolderNode)
                throw FileError.IsFolder;
            context.Files.Remove(context.PathOf(path), context.User);
            return null;
        }, (path, error) => error.Message == "Is a directory" ? $"rm: '{path}' is a directory" : $"rm: can't remove '{path}': {error.Message}");
    }

    /// <summary><c>cp</c>, for single files</summary>
    public static IEnumerable<ProgramStep> Copy(ProgramContext context)
    {
        var options = new Options(context, "afp");
        if (options.Rest.Count != 2)
            return [Write.Line("cp: the sandbox copies one file to one place", toError: true), new Exit(1)];
        try
        {
            var (from, to) = (context.PathOf(options.Rest[0]), context.PathOf(options.Rest[1]));
            var content = context.Files.Read(from, context.User);
            var isFolder = context.Files.Exists(to) && context.Files.Find(to) is FolderNode;
            context.Files.Write(isFolder ? $"{to}/{from[(from.LastIndexOf('/') + 1)..]}" : to, content, context.User, context.Time.GetUtcNow());
            return [new Exit(0)];
        }
        catch (FileError error)
        {
            return [Write.Line(error.Message.StartsWith("No such", StringComparison.Ordinal) ? $"cp: can't stat '{options.Rest[0]}': {error.Message}" : $"cp: can't create '{options.Rest[1]}': {error.Message}", toError: true), new Exit(1)];
        }
    }

    /// <summary><c>find PATH [-name PATTERN] [-type f|d|l]</c></summary>
    public static IEnumerable<ProgramStep> Find(ProgramContext context)
    {
        var arguments = context.Arguments.Skip(1).ToList();
        var pattern = arguments.SkipWhile(argument => argument != "-name").ElementAtOrDefault(1);
        var type = arguments.SkipWhile(argument => argument != "-type").ElementAtOrDefault(1);
        foreach (var path in arguments.TakeWhile(argument => !argument.StartsWith('-')).DefaultIfEmpty("."))
        {
            if (!context.Files.Exists(context.PathOf(path)))
                yield return Write.Line($"find: {path}: No such file or directory", toError: true);
            foreach (var found in context.Files.Exists(context.PathOf(path)) ? Walk(context, path) : [])
            {
                var node = context.Files.Find(context.PathOf(found), follow: false);
                var name = found[(found.LastIndexOf('/') + 1)..];
                if ((pattern is null || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)) && (type is null || type == (node is FolderNode ? "d" : node is LinkNode ? "l" : "f")))
                    yield return Write.Line(found);
            }
        }
    }

    /// <summary><c>mount</c></summary>
    public static IEnumerable<ProgramStep> Mounts(ProgramContext context) => MountTable.Mounts(context.Files)
        .Select(mount => Write.Line($"{mount.Device} on {(mount.Path.Length == 0 ? "/" : mount.Path)} type {mount.Kind} ({MountTable.Options(mount)})"));

    private static IEnumerable<string> Walk(ProgramContext context, string path)
    {
        yield return path;
        if (context.Files.Find(context.PathOf(path), follow: false) is not FolderNode)
            yield break;
        foreach (var inside in context.Files.Names(context.PathOf(path)).SelectMany(name => Walk(context, $"{path.TrimEnd('/')}/{name}")))
            yield return inside;
    }

    private static IEnumerable<ProgramStep> Each(Options options, Func<string, string?> act, Func<string, FileError, string?> complaint)
    {
        var failed = false;
        foreach (var path in options.Rest)
        {
            string? line;
            var isError = false;
            try
            {
                line = act(path);
            }
            catch (FileError error)
            {
                (line, isError, failed) = (complaint(path, error), true, true);
            }

            if (line is not null)
                yield return Write.Line(line, isError);
        }

        yield return new Exit(failed ? 1 : 0);
    }
}
