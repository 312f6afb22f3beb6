namespace DifyUpgrade.Sandbox.Faults;

/// <summary>What goes wrong, as a script spells it.</summary>
internal static class FaultKind
{
    /// <summary>The request is answered with a Status of <see cref="FaultRule.Status"/> and does nothing.</summary>
    public const string Status = "status";

    /// <summary>The connection ends before the request does anything.</summary>
    public const string Refused = "refused";

    /// <summary>The request does what it should, but the connection ends in the middle of the answer.</summary>
    public const string Reset = "reset";

    /// <summary>The request is looked at only after <see cref="FaultRule.DelaySeconds"/>.</summary>
    public const string Slow = "slow";

    /// <summary>A watch's connection ends after <see cref="FaultRule.AfterEvents"/> events.</summary>
    public const string WatchCut = "watch-cut";

    /// <summary>An exec's connection ends without a Status, once the command has said something.</summary>
    public const string ExecCut = "exec-cut";

    /// <summary>An image cannot be pulled.</summary>
    public const string ImagePull = "image-pull";

    /// <summary>A probe never passes.</summary>
    public const string ProbeNeverPasses = "probe-never-passes";

    /// <summary>A container ends with an error right after its start.</summary>
    public const string CrashAtStart = "crash-at-start";

    /// <summary>A container is killed for its memory.</summary>
    public const string OutOfMemory = "out-of-memory";

    /// <summary>A pod is evicted from its node.</summary>
    public const string Evicted = "evicted";

    /// <summary>A node does not answer any more.</summary>
    public const string NodeLost = "node-lost";

    /// <summary>No node takes a pod.</summary>
    public const string Unschedulable = "unschedulable";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Status, Refused, Reset, Slow, WatchCut, ExecCut,
        ImagePull, ProbeNeverPasses, CrashAtStart, OutOfMemory, Evicted, NodeLost, Unschedulable,
    ];
}
