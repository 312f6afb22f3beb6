using System.Text;

namespace DifyUpgrade.Sandbox.Pods.Files;

/// <summary>One entry of a file system.</summary>
/// <param name="Mode">The permission bits.</param>
/// <param name="Owner">User and group.</param>
/// <param name="Changed">When it was last changed.</param>
internal abstract record FileNode(int Mode, FileOwner Owner, DateTimeOffset Changed);

/// <summary>A folder; what is in it, its tree knows.</summary>
internal sealed record FolderNode(int Mode, FileOwner Owner, DateTimeOffset Changed) : FileNode(Mode, Owner, Changed);

/// <summary>A symbolic link.</summary>
/// <param name="Target">Where it leads.</param>
/// <param name="Owner">User and group.</param>
/// <param name="Changed">When it was last changed.</param>
internal sealed record LinkNode(string Target, FileOwner Owner, DateTimeOffset Changed) : FileNode(0b111_111_111, Owner, Changed);

/// <summary>A regular file.</summary>
/// <param name="Content">Gives the content; made when it is read.</param>
/// <param name="Mode">The permission bits.</param>
/// <param name="Owner">User and group.</param>
/// <param name="Changed">When it was last changed.</param>
internal sealed record ContentNode(Func<ReadOnlyMemory<byte>> Content, int Mode, FileOwner Owner, DateTimeOffset Changed) : FileNode(Mode, Owner, Changed)
{
    /// <summary>A file of bytes.</summary>
    public static ContentNode Of(ReadOnlyMemory<byte> bytes, int mode, FileOwner owner, DateTimeOffset changed) => new(() => bytes, mode, owner, changed);

    /// <summary>A file of text that anybody may read and root may write, as images hold them.</summary>
    public static ContentNode Of(string text) => Of(Encoding.UTF8.GetBytes(text), 0b110_100_100, FileOwner.Root, DateTimeOffset.UnixEpoch);
}

/// <summary>Who owns a file, or asks for one.</summary>
/// <param name="User">The user's number; 0 may do everything.</param>
/// <param name="Group">The group's number.</param>
internal readonly record struct FileOwner(long User, long Group)
{
    /// <summary>root:root.</summary>
    public static readonly FileOwner Root;
}
