namespace DifyUpgrade.Sandbox.Pods.Files;

/// <summary>A tree, or a part of one, that is seen at a place in a container.</summary>
/// <param name="Path">Where it is seen; absolute, without a slash at the end.</param>
/// <param name="Tree">The tree.</param>
internal sealed record Mount(string Path, FileTree Tree)
{
    /// <summary>The part of the tree that is seen; empty for all of it.</summary>
    public string From { get; init; } = "";

    /// <summary>Whether nothing can be written there.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The kind of file system that <c>/proc/mounts</c> names.</summary>
    public string Kind { get; init; } = "ext4";

    /// <summary>The device that <c>/proc/mounts</c> names.</summary>
    public string Device { get; init; } = "/dev/vda1";

    /// <summary>Its root in the file system of the device, as <c>/proc/self/mountinfo</c> shows it.</summary>
    public string Root { get; init; } = "/";

    /// <summary>Options beside <c>ro</c> and <c>rw</c>.</summary>
    public string Options { get; init; } = "relatime";

    /// <summary>Options of the file system itself, as <c>/proc/self/mountinfo</c> shows them at the end.</summary>
    public string SuperOptions { get; init; } = "rw";
}
