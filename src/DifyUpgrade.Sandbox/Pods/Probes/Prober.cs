using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;

namespace DifyUpgrade.Sandbox.Pods.Probes;

/// <summary>Asks a container again and again, and tells when enough answers in a row say something else.</summary>
/// <param name="pod">The pod.</param>
/// <param name="container">The container.</param>
/// <param name="run">Its instance.</param>
/// <param name="kind"><c>Startup</c>, <c>Liveness</c> or <c>Readiness</c>.</param>
/// <param name="probe">The probe's part of the spec.</param>
internal sealed class Prober(SimulatedPod pod, SimulatedContainer container, ContainerRun run, string kind, JsonObject probe)
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(500);

    private readonly TimeSpan _period = TimeSpan.FromSeconds(Math.Max(1, probe.Number("periodSeconds") ?? 10));
    private readonly ProbeCheck _check = new(pod, container, run, probe);
    private DueAction? _next;
    private Action<bool>? _result;
    private bool? _last;
    private bool? _told;
    private int _inARow;

    /// <summary>Begins.</summary>
    /// <param name="result">Told whenever the threshold of an answer is reached.</param>
    public void Begin(Action<bool> result)
    {
        _result = result;
        var delay = TimeSpan.FromSeconds(probe.Number("initialDelaySeconds") ?? 0);
        _next = pod.AfterQuietly(delay > Soonest ? delay : Soonest, Ask);
    }

    /// <summary>Stops.</summary>
    public void Stop()
    {
        _next?.Cancel();
        _result = null;
    }

    private void Ask()
    {
        var problem = pod.Services.Faults.PodFault(FaultKind.ProbeNeverPasses, pod.Body, container.Name) is { } fault ? _check.Scripted(fault) : _check.Problem();
        if (problem is not null)
            pod.Warning("Unhealthy", $"{kind} probe failed: {problem}", container.Field);
        var passed = problem is null;
        _inARow = _last == passed ? _inARow + 1 : 1;
        _last = passed;
        _next = pod.AfterQuietly(_period, Ask);
        if (_inARow < Threshold(passed) || _told == passed || _result is not { } result)
            return;
        _told = passed;
        pod.Step(() => result(passed));
    }

    private long Threshold(bool passed) => passed ? probe.Number("successThreshold") ?? 1 : probe.Number("failureThreshold") ?? 3;
}
