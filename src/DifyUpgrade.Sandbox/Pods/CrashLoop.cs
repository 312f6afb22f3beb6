namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Decides when a container that ended is started again.</summary>
/// <param name="pod">The pod.</param>
/// <param name="container">The container.</param>
internal sealed class CrashLoop(SimulatedPod pod, SimulatedContainer container)
{
    private static readonly TimeSpan SyncTime = TimeSpan.FromSeconds(13);

    private readonly BackOff _backOff = new(pod.Services.Time);

    /// <summary>The container has ended and is to be started again: at once for the first time, then later and later.</summary>
    public void Next(Terminated ended)
    {
        var left = _backOff.LeftSince(ended.FinishedAt);
        if (left > TimeSpan.Zero)
        {
            HoldBack(ended);
            return;
        }

        _backOff.Next();
        container.Restart();
    }

    private void HoldBack(Terminated ended)
    {
        var left = _backOff.LeftSince(ended.FinishedAt);
        if (left <= TimeSpan.Zero)
        {
            Next(ended);
            return;
        }

        container.Wait(new Waiting("CrashLoopBackOff", $"back-off {Span(_backOff.Current)} restarting failed container={container.Name} pod={pod.FullName}"));
        pod.Warning("BackOff", $"Back-off restarting failed container {container.Name} in pod {pod.FullName}", container.Field);
        pod.After(left < SyncTime ? left : SyncTime, () => HoldBack(ended));
    }

    private static string Span(TimeSpan span) => span < TimeSpan.FromMinutes(1) ? $"{span.TotalSeconds:0}s" : $"{(int)span.TotalMinutes}m{span.Seconds}s";
}
