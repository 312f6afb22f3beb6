namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Where a command in a container reads and writes. The routes put them on the channels of the protocol.</summary>
internal sealed record ExecStreams
{
    /// <summary>What the command reads; null where nothing is attached.</summary>
    public Stream? Input { get; init; }

    /// <summary>Where it writes.</summary>
    public Stream? Output { get; init; }

    /// <summary>Where it complains; with a terminal, to <see cref="Output"/>.</summary>
    public Stream? Error { get; init; }

    /// <summary>Whether it has a terminal.</summary>
    public bool Tty { get; init; }
}
