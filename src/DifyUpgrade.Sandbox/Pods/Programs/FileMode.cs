using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>What programs print of an entry of a file system.</summary>
internal static class FileMode
{
    /// <summary>Such as <c>drwxr-xr-x</c>.</summary>
    public static string Text(FileNode node)
    {
        var bits = Enumerable.Range(0, 9).Select(index => (node.Mode >> (8 - index) & 1) == 1 ? "rwx"[index % 3] : '-').ToArray();
        if ((node.Mode & 0b1_000_000_000) != 0)
            bits[8] = bits[8] == 'x' ? 't' : 'T';
        return (node is FolderNode ? 'd' : node is LinkNode ? 'l' : '-') + new string(bits);
    }

    /// <summary>Such as <c>755</c>.</summary>
    public static string Octal(FileNode node) => Convert.ToString(node.Mode, 8);

    /// <summary>Such as <c>regular file</c>.</summary>
    public static string Kind(FileNode node) => node switch
    {
        FolderNode => "directory",
        LinkNode => "symbolic link",
        ContentNode file when file.Content().IsEmpty => "regular empty file",
        _ => "regular file",
    };

    /// <summary>Its size in bytes.</summary>
    public static long Size(FileNode node) => node switch
    {
        ContentNode file => file.Content().Length,
        LinkNode link => link.Target.Length,
        _ => 4096,
    };
}
