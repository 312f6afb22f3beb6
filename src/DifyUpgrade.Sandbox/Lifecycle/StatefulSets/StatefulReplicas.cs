using System.Globalization;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.StatefulSets;

/// <summary>A StatefulSet with its pods.</summary>
/// <param name="plane">When they became ready.</param>
/// <param name="set">The StatefulSet.</param>
/// <param name="current">The revision that it had before its rollout.</param>
/// <param name="update">The revision that it is to have.</param>
/// <param name="pods">Its pods.</param>
internal sealed class StatefulReplicas(ControlPlane plane, StoredObject set, StoredObject current, StoredObject update, IReadOnlyList<StoredObject> pods)
{
    private readonly Dictionary<int, StoredObject> _byOrdinal = pods.Where(pod => Ordinal(pod) >= 0).ToDictionary(Ordinal);

    /// <summary>The StatefulSet.</summary>
    public StoredObject Set { get; } = set;

    /// <summary>The revision that it had before its rollout.</summary>
    public StoredObject Current { get; } = current;

    /// <summary>The revision that it is to have.</summary>
    public StoredObject Update { get; } = update;

    /// <summary>Its pods.</summary>
    public IReadOnlyList<StoredObject> Pods { get; } = pods;

    /// <summary>How many it wants.</summary>
    public int Wanted { get; } = (int)(set.Body.Number("spec", "replicas") ?? 1);

    /// <summary>The number of the first.</summary>
    public int Start { get; } = (int)(set.Body.Number("spec", "ordinals", "start") ?? 0);

    /// <summary>Pods with a lower number keep the revision they have.</summary>
    public int Partition { get; } = (int)(set.Body.Number("spec", "updateStrategy", "rollingUpdate", "partition") ?? 0);

    /// <summary>Whether pods are only replaced when somebody deletes them.</summary>
    public bool IsOnDelete { get; } = set.Body.Text("spec", "updateStrategy", "type") == "OnDelete";

    /// <summary>Whether one pod has to be ready before the next one's turn.</summary>
    public bool IsOrdered { get; } = set.Body.Text("spec", "podManagementPolicy") != "Parallel";

    /// <summary>The numbers of the pods it wants.</summary>
    public IEnumerable<int> Ordinals => Enumerable.Range(Start, Wanted);

    /// <summary>Pods it does not want any more, the highest number first.</summary>
    public IEnumerable<StoredObject> Condemned => _byOrdinal.Where(entry => entry.Key < Start || entry.Key >= Start + Wanted).OrderByDescending(entry => entry.Key).Select(entry => entry.Value);

    /// <summary>The pod with a number.</summary>
    public StoredObject? this[int ordinal] => _byOrdinal.GetValueOrDefault(ordinal);

    /// <summary>The number of a pod.</summary>
    public static int Ordinal(StoredObject pod) =>
        int.TryParse(pod.Name[(pod.Name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture, out var ordinal) ? ordinal : -1;

    /// <summary>Whether a pod runs and is ready.</summary>
    public static bool IsHealthy(StoredObject pod) => PodFacts.Of(pod) is { Phase: "Running", IsReady: true, IsTerminating: false };

    /// <summary>How much longer a pod has to stay ready; null for one that is not.</summary>
    public TimeSpan? UntilAvailable(StoredObject pod) => PodFacts.Of(pod).Phase == "Running"
        ? PodFacts.UntilAvailable(plane.Moments, pod, TimeSpan.FromSeconds(Set.Body.Number("spec", "minReadySeconds") ?? 0))
        : null;

    /// <summary>Whether a pod has a revision.</summary>
    public static bool Has(StoredObject pod, StoredObject revision) => PodFacts.Of(pod).RevisionHash == revision.Name;

    /// <summary>The revision for a pod that is made now.</summary>
    public StoredObject RevisionFor(int ordinal)
    {
        if (IsOnDelete)
            return Update;
        var keepsOld = Set.Body.At("spec", "updateStrategy", "rollingUpdate", "partition") is null
            ? ordinal < Start + (Set.Body.Number("status", "currentReplicas") ?? 0)
            : ordinal < Start + Partition;
        return keepsOld ? Current : Update;
    }
}
