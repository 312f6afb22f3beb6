using System.Globalization;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.ReplicaSets;

/// <summary>
/// Which pod to delete first, as <c>ActivePodsWithRanks</c> in kubernetes/pkg/controller/controller_utils.go sorts them:
/// the one that does the least, then the one that is doubled up on its node, then the youngest. Times are compared by
/// their magnitude only, so that not always the same pods die.
/// </summary>
/// <param name="now">The time.</param>
/// <param name="neighbours">How many pods of the same workload run on a node.</param>
internal sealed class PodRanking(DateTimeOffset now, Func<string, int> neighbours) : IComparer<StoredObject>
{
    private static readonly string[] Phases = ["Pending", "Unknown", "Running"];

    /// <inheritdoc/>
    public int Compare(StoredObject? x, StoredObject? y)
    {
        var (first, second) = (PodFacts.Of(x!), PodFacts.Of(y!));
        return FirstDifference(
            (first.NodeName is not null).CompareTo(second.NodeName is not null),
            Array.IndexOf(Phases, first.Phase).CompareTo(Array.IndexOf(Phases, second.Phase)),
            first.IsReady.CompareTo(second.IsReady),
            Cost(x!).CompareTo(Cost(y!)),
            Neighbours(second).CompareTo(Neighbours(first)),
            first.IsReady ? Age(first.ReadyStamp).CompareTo(Age(second.ReadyStamp)) : 0,
            second.Restarts.CompareTo(first.Restarts),
            Age(first.Created).CompareTo(Age(second.Created)),
            string.CompareOrdinal(x!.Uid, y!.Uid));
    }

    private static int FirstDifference(params ReadOnlySpan<int> differences)
    {
        foreach (var difference in differences)
        {
            if (difference != 0)
                return difference;
        }

        return 0;
    }

    private static long Cost(StoredObject pod) =>
        long.TryParse(pod.Body.Text("metadata", "annotations", "controller.kubernetes.io/pod-deletion-cost"), CultureInfo.InvariantCulture, out var cost) ? cost : 0;

    private int Neighbours(PodFacts pod) => pod.NodeName is { } node ? neighbours(node) : 0;

    private int Age(string? stamp) =>
        stamp is null ? -1 : (int)Math.Log2(Math.Max(1, (now - DateTimeOffset.Parse(stamp, CultureInfo.InvariantCulture)).TotalNanoseconds));
}
