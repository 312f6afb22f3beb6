namespace DifyUpgrade.Helm;

/// <summary>One run of helm.</summary>
internal sealed record HelmCommand
{
    /// <summary>The arguments, one element each.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Whether stdout is data to hand back, unredacted; otherwise it is only streamed.</summary>
    public bool ReturnsOutput { get; init; }

    /// <summary>Gets every redacted line of stdout and stderr as it comes, one at a time; null streams nothing.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>Whether a Ctrl-C is kept from helm because it would die of it on the spot.</summary>
    public bool DiesOfInterrupt { get; init; }
}
