using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>A container's <c>postStart</c> hook: until it is over the container counts as not started, and nobody probes it.</summary>
/// <param name="pod">The pod.</param>
/// <param name="container">The container.</param>
internal sealed class StartHook(SimulatedPod pod, SimulatedContainer container)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private ContainerRun? _run;

    /// <summary>Whether it has begun and is not over.</summary>
    public bool IsRunning => _run is not null;

    /// <summary>Runs it in a container that has just been started; one whose hook fails is killed.</summary>
    /// <param name="run">The instance.</param>
    /// <param name="passed">Told when it is over, or at once where there is none.</param>
    public void Begin(ContainerRun run, Action passed)
    {
        if (container.Spec.At("lifecycle", "postStart") is not { } hook)
        {
            passed();
            return;
        }

        _run = run;
        var (took, problem) = Run(hook, run);
        pod.After(took, () => End(run, problem, passed));
    }

    /// <summary>The container has ended.</summary>
    public void Stop() => _run = null;

    private void End(ContainerRun run, string? problem, Action passed)
    {
        if (_run != run)
            return;
        _run = null;
        if (problem is null)
        {
            passed();
            return;
        }

        pod.Warning("FailedPostStartHook", problem, container.Field);
        container.Kill("FailedPostStartHook", TimeSpan.FromSeconds(pod.Spec.Number("terminationGracePeriodSeconds") ?? 30));
    }

    // A server is hardly up when its own hook asks it.
    private static (TimeSpan Took, string? Problem) Run(JsonNode hook, ContainerRun run)
    {
        if (hook.At("sleep") is { } sleep)
            return (TimeSpan.FromSeconds(sleep.Number("seconds") ?? 0), null);
        if (hook.At("exec", "command") is JsonArray words)
            return Exec(run, [.. words.Select(word => word!.GetValue<string>())]);
        var isAnswered = hook.At("httpGet") is { } get && run.Get((int)(get.Number("port") ?? 0), get.Text("path") ?? "/") is not null;
        return (TimeSpan.Zero, isAnswered ? null : "PostStartHook failed");
    }

    private static (TimeSpan Took, string? Problem) Exec(ContainerRun run, IReadOnlyList<string> command)
    {
        var (code, output, took) = CommandRun.ToEnd(run, command, Longest);
        return (took, code == 0 ? null : $"PostStartHook failed{(output.Length == 0 ? "" : ": " + output.TrimEnd())}");
    }
}
