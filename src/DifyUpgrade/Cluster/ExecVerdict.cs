namespace DifyUpgrade.Cluster;

/// <summary>Judges why an exec did not give a complete answer; pure.</summary>
internal static class ExecVerdict
{
    // What containerd, CRI-O, dockershim, runc and crun say when the image has no such program.
    private static readonly string[] NoProgram =
        ["executable file not found", "no such file or directory", "not found in $PATH"];

    private static readonly string[] NotRunning =
        ["container not found", "not running", "is not created or running", "task not found", "no running task", "container is in CONTAINER_EXITED"];

    /// <summary>Judges a refused exec.</summary>
    /// <param name="refused">The refusal.</param>
    /// <returns>The verdict; null if it is no matter of this pod and the exception stands.</returns>
    public static PodFilesNotChecked? OfRefusal(ClusterException refused) => refused switch
    {
        { Failure: ClusterFailure.Forbidden } => new(NotCheckedReason.ExecForbidden, refused.Message),
        { Failure: ClusterFailure.NotFound } => new(NotCheckedReason.ContainerNotRunning, refused.Message),
        { Failure: ClusterFailure.Invalid } => new(NotCheckedReason.NoSuchContainer, refused.Message),
        { StatusCode: >= 500 } when Says(refused.Message, NotRunning) => new(NotCheckedReason.ContainerNotRunning, refused.Message),
        { StatusCode: >= 500 } when Says(refused.Message, NoProgram) => new(NotCheckedReason.NoCat, refused.Message),
        { StatusCode: >= 500 } => new(NotCheckedReason.NodeUnreachable, refused.Message),

        // A pod that goes takes its exec down during the handshake; if it is the API server that is away, asking for
        // the pod will tell.
        { Failure: ClusterFailure.Unreachable or ClusterFailure.Timeout } => new(NotCheckedReason.Interrupted, refused.Message),
        _ => null,
    };

    /// <summary>Judges an exec that began.</summary>
    /// <param name="output">Its end.</param>
    /// <param name="splitter">Its stdout.</param>
    /// <param name="separators">How many separators a complete stdout has.</param>
    /// <param name="redactor">Takes secrets out of what it said.</param>
    /// <returns>The verdict; null if the answer is complete.</returns>
    public static PodFilesNotChecked? OfEnd(ExecOutput output, SegmentSplitter splitter, int separators, Redactor redactor)
    {
        if (output.Status is not { } status)
            return new(NotCheckedReason.Interrupted, "the connection ended before the command did");
        var said = OneLine.Of($"{status.Message} {output.Stderr}", redactor);
        if (status.ProcessExitCode is not { } code)
        {
            return Says(said, NotRunning) ? new(NotCheckedReason.ContainerNotRunning, said)
                : Says(said, NoProgram) ? new(NotCheckedReason.NoCat, said)
                : new(NotCheckedReason.Interrupted, said);
        }

        // 1 is cat's own "some file could not be read"; 126 and 127 are the runtime's, 128 and more a signal's.
        if (code is 126 or 127)
            return new(NotCheckedReason.NoCat, said);
        if (code > 128)
            return new(NotCheckedReason.Interrupted, $"cat was ended by signal {code - 128}");
        if (splitter.IsComplete(separators))
            return null;
        return splitter.Recognized == true
            ? new(NotCheckedReason.Ambiguous, $"the answer has {splitter.Separators} separators instead of {separators}; {said}")
            : new(NotCheckedReason.NoSeparator, said);
    }

    private static bool Says(string text, string[] phrases) =>
        phrases.Any(phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
