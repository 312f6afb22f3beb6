using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>An image that the sandbox has a stand-in for.</summary>
/// <param name="Name">Its full name, such as <c>docker.io/langgenius/dify-api:1.12.1</c>.</param>
internal sealed record ContainerImage(string Name)
{
    /// <summary>Its files, shared by all containers.</summary>
    public required FileTree Files { get; init; }

    /// <summary>What it runs; a container's <c>command</c> takes its place.</summary>
    public required IReadOnlyList<string> Entrypoint { get; init; }

    /// <summary>The arguments it runs with; a container's <c>args</c> take their place.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its own program, which <see cref="Entrypoint"/> stands for.</summary>
    public required Func<ProgramContext, IEnumerable<ProgramStep>> Program { get; init; }

    /// <summary>Its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The user it runs as.</summary>
    public FileOwner User { get; init; }

    /// <summary>The folder it runs in.</summary>
    public string WorkingFolder { get; init; } = "/";

    /// <summary>Whether it has a shell and the small commands.</summary>
    public bool HasShell { get; init; } = true;

    /// <summary>How much memory its own program takes at least, in bytes; one with a smaller limit is killed.</summary>
    public long Memory { get; init; } = 6 << 20;

    /// <summary>How much it weighs; pulling takes as long.</summary>
    public long Bytes { get; init; } = 50_000_000;
}
