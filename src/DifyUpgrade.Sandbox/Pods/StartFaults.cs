using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Lets a container that starts crash where that is scripted.</summary>
internal static class StartFaults
{
    private static readonly TimeSpan CrashTime = TimeSpan.FromSeconds(1);

    /// <summary>What the container really runs.</summary>
    public static IEnumerable<ProgramStep> Of(SimulatedPod pod, string container, IEnumerable<ProgramStep> program) =>
        pod.Services.Faults.PodFault(FaultKind.CrashAtStart, pod.Body, container) is { } fault
            ? [new Wait(CrashTime), Write.Line(fault.Message ?? "crashed at start, as scripted", toError: true), new Exit(1)]
            : program;
}
