using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>The files that every image with a shell has.</summary>
internal static class BaseFiles
{
    private const string Users = "root:x:0:0:root:/root:/bin/sh\ndify:x:1001:1001::/home/dify:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n";
    private const string Groups = "root:x:0:\ndify:x:1001:\nnogroup:x:65534:\n";

    private static readonly FolderNode Folder = new(0b111_101_101, FileOwner.Root, DateTimeOffset.UnixEpoch);

    /// <summary>A tree of its own with them.</summary>
    public static FileTree Make()
    {
        var files = new FileTree(Folder);
        files.Put("/etc/passwd", ContentNode.Of(Users));
        files.Put("/etc/group", ContentNode.Of(Groups));
        foreach (var folder in (string[])["/root", "/usr/bin", "/usr/lib", "/var", "/dev", "/proc", "/sys", "/lib"])
            files.Put(folder, Folder);
        files.Put("/home/dify", Folder with { Owner = new FileOwner(1001, 1001) });
        files.Put("/tmp", Folder with { Mode = 0b1_111_111_111 });
        files.Put("/dev/null", ContentNode.Of(default, 0b110_110_110, FileOwner.Root, DateTimeOffset.UnixEpoch));
        foreach (var name in ProgramTable.Names)
            files.Put($"/bin/{name}", ContentNode.Of(default, 0b111_101_101, FileOwner.Root, DateTimeOffset.UnixEpoch));
        return files;
    }
}
