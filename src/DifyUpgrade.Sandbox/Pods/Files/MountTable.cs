using System.Text;

namespace DifyUpgrade.Sandbox.Pods.Files;

/// <summary>What a container sees of its mounts in <c>/proc</c>.</summary>
internal static class MountTable
{
    /// <summary>The root and the mounts.</summary>
    public static IEnumerable<Mount> Mounts(ContainerFiles files) =>
        files.Mounts.Prepend(new Mount("", new FileTree(new FolderNode(0b111_101_101, FileOwner.Root, DateTimeOffset.UnixEpoch)))
        {
            Device = "overlay",
            Kind = "overlay",
            ReadOnly = files.ReadOnlyRoot,
            SuperOptions = "rw,lowerdir=/var/lib/containerd/snapshots/1/fs,upperdir=/var/lib/containerd/snapshots/2/fs,workdir=/var/lib/containerd/snapshots/2/work",
        });

    /// <summary>A mount's options.</summary>
    public static string Options(Mount mount) => $"{(mount.ReadOnly ? "ro" : "rw")},{mount.Options}";

    /// <summary><c>/proc/mounts</c></summary>
    public static byte[] Short(ContainerFiles files) => Encoding.UTF8.GetBytes(string.Concat(
        Mounts(files).Select(mount => $"{mount.Device} {Escaped(mount.Path)} {mount.Kind} {Options(mount)} 0 0\n")));

    /// <summary><c>/proc/self/mountinfo</c></summary>
    public static byte[] Long(ContainerFiles files) => Encoding.UTF8.GetBytes(string.Concat(
        Mounts(files).Select((mount, index) => $"{650 + index} {(index == 0 ? 513 : 650)} {(mount.Kind == "ext4" ? "254:1" : $"0:{197 + index}")} {Escaped(mount.Root)} {Escaped(mount.Path)} {Options(mount)} - {mount.Kind} {mount.Device} {mount.SuperOptions}\n")));

    // proc(5): blanks, tabs, line feeds and backslashes in octal.
    private static string Escaped(string path) => path.Length == 0 ? "/"
        : path.Replace("\\", "\\134", StringComparison.Ordinal).Replace(" ", "\\040", StringComparison.Ordinal).Replace("\t", "\\011", StringComparison.Ordinal).Replace("\n", "\\012", StringComparison.Ordinal);
}
