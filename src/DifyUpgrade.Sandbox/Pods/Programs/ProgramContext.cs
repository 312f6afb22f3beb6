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

    /// <summary>What it reads; null where it asks whoever runs it, line by line.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    /// <summary>Whether somebody types into it.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>How many shells run it, one inside the other.</summary>
    public int Depth { get; init; }

    /// <summary>Its process number; 1 for the program that the container is for.</summary>
    public int Process { get; init; } = 1;

    /// <summary>What a port of the container answers to <c>GET</c> of a path; null where nothing listens.</summary>
    public Func<int, string, HttpAnswer?> Get { get; init; } = (_, _) => null;

    /// <summary>The container's host name.</summary>
    public string HostName => Environment.GetValueOrDefault("HOSTNAME", "localhost");

    /// <summary>A path as the program means it.</summary>
    public string PathOf(string path) => path.StartsWith('/') ? path : $"{Folder}/{path}";

    /// <summary>Says what time it is.</summary>
    public required TimeProvider Time { get; init; }
}
