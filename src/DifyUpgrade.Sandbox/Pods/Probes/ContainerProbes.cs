using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Pods.Probes;

/// <summary>The probes of a container: first startup, then liveness and readiness.</summary>
/// <param name="pod">The pod.</param>
/// <param name="container">The container.</param>
internal sealed class ContainerProbes(SimulatedPod pod, SimulatedContainer container)
{
    private readonly List<Prober> _probers = [];

    /// <summary>Whether the startup is over.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Whether the container is ready as far as its probe tells.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Begins with a container that has just started.</summary>
    public void Begin(ContainerRun run)
    {
        Stop();
        if (Spec("startupProbe") is { } startup)
            Add(run, "Startup", startup, passed => OnStartup(run, passed));
        else
            OnStartup(run, passed: true);
    }

    /// <summary>Stops.</summary>
    public void Stop()
    {
        _probers.ForEach(prober => prober.Stop());
        _probers.Clear();
        (HasStarted, IsReady) = (false, false);
    }

    private void OnStartup(ContainerRun run, bool passed)
    {
        if (!passed)
        {
            Fail("Startup", Spec("startupProbe")!);
            return;
        }

        if (HasStarted)
            return;
        Stop();
        HasStarted = true;
        if (Spec("livenessProbe") is { } liveness)
            Add(run, "Liveness", liveness, alive => OnLiveness(alive, liveness));
        if (Spec("readinessProbe") is { } readiness)
            Add(run, "Readiness", readiness, OnReadiness);
        else
            IsReady = true;
        container.Probed();
    }

    private void OnReadiness(bool ready)
    {
        IsReady = ready;
        container.Probed();
    }

    private void OnLiveness(bool alive, JsonObject probe)
    {
        if (!alive)
            Fail("Liveness", probe);
    }

    private void Fail(string kind, JsonObject probe) => container.Kill(
        $"Container {container.Name} failed {kind.ToLowerInvariant()} probe, will be restarted",
        TimeSpan.FromSeconds(probe.Number("terminationGracePeriodSeconds") ?? pod.Spec.Number("terminationGracePeriodSeconds") ?? 30));

    private JsonObject? Spec(string name) => container.Spec[name] as JsonObject;

    private void Add(ContainerRun run, string kind, JsonObject probe, Action<bool> result)
    {
        var prober = new Prober(pod, container, run, kind, probe);
        _probers.Add(prober);
        prober.Begin(result);
    }
}
