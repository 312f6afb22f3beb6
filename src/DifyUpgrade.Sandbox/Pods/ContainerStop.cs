using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Ends a container in order: its preStop hook, then the request to end, then, when the grace is over, by force.</summary>
/// <param name="pod">The pod.</param>
/// <param name="container">The container.</param>
internal sealed class ContainerStop(SimulatedPod pod, SimulatedContainer container)
{
    private static readonly TimeSpan SignalTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(2);

    /// <summary>Ends it.</summary>
    /// <param name="grace">How long it may take, the hook included.</param>
    public void Begin(TimeSpan grace)
    {
        var run = container.Run!;
        var hook = HookTime(run, container.Spec.At("lifecycle", "preStop"));
        var hookEnd = hook < grace ? hook : grace;
        pod.After(hookEnd + SignalTime, run.Terminate);
        pod.After(grace - hookEnd < LeastGrace ? hookEnd + LeastGrace : grace, () => run.End(137));
    }

    // What the hook does is not to be seen from outside; how long it takes is.
    private TimeSpan HookTime(ContainerRun run, JsonNode? hook)
    {
        if (hook is null)
            return TimeSpan.Zero;
        if (hook.At("sleep") is { } sleep)
            return TimeSpan.FromSeconds(sleep.Number("seconds") ?? 0);
        if (hook.At("exec", "command") is not JsonArray command)
            return SignalTime;
        var result = CommandRun.ToEnd(run, [.. command.Select(word => word!.GetValue<string>())], TimeSpan.FromDays(1));
        if (result.ExitCode != 0)
            pod.Warning("FailedPreStopHook", "PreStopHook failed", container.Field);
        return result.Took;
    }
}
