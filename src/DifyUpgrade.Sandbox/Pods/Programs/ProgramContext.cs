using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>What a program finds when it starts.</summary>
/// <param name="Arguments">Its name and its arguments.</param>
internal sealed record ProgramContext(IReadOnlyList<string> Arguments)
{
    /// <summary>The container's files.</summary>
    public required ContainerFiles Files { get; init; }

    /// <summary>The environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The user it runs as.</summary>
    public FileOwner User { get; init; }

    /// <summary>The folder it runs in.</summary>
    public string Folder { get; init; } = "/";

    /// <summary>Says what time it is.</summary>
    public required TimeProvider Time { get; init; }
}
