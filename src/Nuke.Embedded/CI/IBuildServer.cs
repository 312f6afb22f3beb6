namespace Nuke.Common.CI;

/// <summary>A host that runs builds unattended.</summary>
public interface IBuildServer
{
    /// <summary>The branch or tag that is built.</summary>
    string? Branch { get; }

    /// <summary>The commit that is built.</summary>
    string? Commit { get; }
}
