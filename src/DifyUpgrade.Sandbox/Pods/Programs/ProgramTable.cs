using DifyUpgrade.Sandbox.Pods.Shell;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>The small programs that images with a shell have, as busybox has them.</summary>
internal static class ProgramTable
{
    private static readonly string[] Folders = ["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/", "/app/api/.venv/bin/"];

    // What a real image has and a stand-in has not: said so, instead of "not found".
    private static readonly string[] Missing = ["python", "python3", "flask", "celery", "gunicorn", "uv", "pip", "node", "npm", "psql", "redis-cli", "apt", "apt-get", "vi", "nano"];

    private static readonly Dictionary<string, Func<ProgramContext, IEnumerable<ProgramStep>>> Programs = new(StringComparer.Ordinal)
    {
        ["sh"] = ShellProgram.Run,
        ["bash"] = ShellProgram.Run,
        ["ash"] = ShellProgram.Run,
        ["cat"] = ReadingPrograms.Cat,
        ["head"] = ReadingPrograms.Head,
        ["tail"] = ReadingPrograms.Tail,
        ["wc"] = ReadingPrograms.Count,
        ["grep"] = ReadingPrograms.Grep,
        ["sort"] = ReadingPrograms.Sort,
        ["sha256sum"] = HashPrograms.Sha256,
        ["md5sum"] = HashPrograms.Md5,
        ["base64"] = HashPrograms.Base64,
        ["ls"] = ListProgram.Run,
        ["stat"] = StatProgram.Run,
        ["readlink"] = FolderPrograms.ReadLink,
        ["realpath"] = FolderPrograms.RealPath,
        ["touch"] = FolderPrograms.Touch,
        ["mkdir"] = FolderPrograms.MakeFolder,
        ["rm"] = FolderPrograms.Remove,
        ["cp"] = FolderPrograms.Copy,
        ["find"] = FolderPrograms.Find,
        ["mount"] = FolderPrograms.Mounts,
        ["test"] = TestProgram.Run,
        ["["] = TestProgram.Run,
        ["echo"] = PlainPrograms.Echo,
        ["printf"] = PlainPrograms.Print,
        ["true"] = _ => [new Exit(0)],
        ["false"] = _ => [new Exit(1)],
        ["sleep"] = PlainPrograms.Sleep,
        ["date"] = PlainPrograms.Date,
        ["pwd"] = context => [Write.Line(context.Folder)],
        ["id"] = PlainPrograms.Id,
        ["whoami"] = PlainPrograms.UserName,
        ["env"] = PlainPrograms.Env,
        ["printenv"] = PlainPrograms.PrintEnv,
        ["hostname"] = context => [Write.Line(context.HostName)],
        ["uname"] = PlainPrograms.SystemName,
        ["ps"] = PlainPrograms.Processes,
        ["which"] = PlainPrograms.Which,
        ["tar"] = TarProgram.Run,
        ["wget"] = HttpPrograms.Wget,
        ["curl"] = HttpPrograms.Curl,
    };

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => Programs.Keys;

    /// <summary>The program that the arguments name, ready to run.</summary>
    /// <returns>Null where there is none.</returns>
    public static IEnumerable<ProgramStep>? Find(ProgramContext context)
    {
        var name = context.Arguments[0];
        if (Folders.FirstOrDefault(folder => name.StartsWith(folder, StringComparison.Ordinal)) is { } found)
            name = name[found.Length..];
        if (Programs.TryGetValue(name, out var program))
            return program(context);
        return Missing.Contains(name) ? [Write.Line($"{name}: not in the sandbox: its containers have the small commands only", toError: true), new Exit(127)] : null;
    }
}
