using System.Runtime.CompilerServices;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>What controllers ask of a pod, read once per version of it.</summary>
internal sealed class PodFacts
{
    private const string Readiness = "Ready";
    private static readonly ConditionalWeakTable<StoredObject, PodFacts> Known = [];

    private PodFacts(StoredObject pod)
    {
        var body = pod.Body;
        var ready = body.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == Readiness);
        Phase = body.Text("status", "phase") ?? "Pending";
        IsTerminating = pod.IsTerminating;
        IsReady = ready.Text("status") == "True";
        ReadyStamp = ready.Text("lastTransitionTime");
        NodeName = body.Text("spec", "nodeName") is { Length: > 0 } node ? node : null;
        Address = body.Text("status", "podIP") is { Length: > 0 } address ? address : null;
        Restarts = body.Items("status", "containerStatuses").Select(status => status.Number("restartCount") ?? 0).DefaultIfEmpty().Max();
        Created = body.Text("metadata", "creationTimestamp") ?? "";
        TemplateHash = body.Text("metadata", "labels", "pod-template-hash");
        RevisionHash = body.Text("metadata", "labels", "controller-revision-hash");
    }

    /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
    public string Phase { get; }

    /// <summary>Whether it is on its way out.</summary>
    public bool IsTerminating { get; }

    /// <summary>Whether its Ready condition is true.</summary>
    public bool IsReady { get; }

    /// <summary>When its readiness last changed.</summary>
    public string? ReadyStamp { get; }

    /// <summary>The node it is bound to.</summary>
    public string? NodeName { get; }

    /// <summary>Its address; null before it has one.</summary>
    public string? Address { get; }

    /// <summary>The restarts of the container that restarted most.</summary>
    public long Restarts { get; }

    /// <summary>When it was created; stamps sort as they read.</summary>
    public string Created { get; }

    /// <summary>Which ReplicaSet's template it has.</summary>
    public string? TemplateHash { get; }

    /// <summary>Which revision of a StatefulSet's or DaemonSet's template it has.</summary>
    public string? RevisionHash { get; }

    /// <summary>Whether it has ended for good.</summary>
    public bool HasEnded => Phase is "Succeeded" or "Failed";

    /// <summary>Whether it counts as one that runs or will.</summary>
    public bool IsActive => !HasEnded && !IsTerminating;

    /// <summary>The facts of a pod.</summary>
    public static PodFacts Of(StoredObject pod) => Known.GetValue(pod, static item => new PodFacts(item));

    /// <summary>How much longer a pod has to stay ready to count as available.</summary>
    /// <returns>Zero for one that is available; null for one that is not ready.</returns>
    public static TimeSpan? UntilAvailable(Moments moments, StoredObject pod, TimeSpan minReady)
    {
        var facts = Of(pod);
        if (!facts.IsReady)
            return null;
        if (minReady == TimeSpan.Zero)
            return TimeSpan.Zero;
        var left = minReady - moments.Since(pod.Uid, Readiness, facts.ReadyStamp);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Notes when a pod's readiness changed.</summary>
    public static void Note(Moments moments, StoreEvent change)
    {
        if (change.Kind == StoreEventKind.Deleted)
            moments.Forget(change.Object.Uid, Readiness);
        else if (Of(change.Object) is { IsReady: true, ReadyStamp: { } stamp })
            moments.Saw(change.Object.Uid, Readiness, stamp);
        else
            moments.Forget(change.Object.Uid, Readiness);
    }
}
