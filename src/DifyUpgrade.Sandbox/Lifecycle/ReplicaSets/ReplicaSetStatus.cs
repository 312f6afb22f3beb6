using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.ReplicaSets;

/// <summary>Writes a ReplicaSet's status.</summary>
/// <param name="plane">Where it goes.</param>
internal sealed class ReplicaSetStatus(ControlPlane plane)
{
    private const string Failure = "ReplicaFailure";

    /// <summary>Writes it.</summary>
    /// <param name="set">The ReplicaSet.</param>
    /// <param name="pods">Its active pods before anything was made or deleted.</param>
    /// <param name="refusal">What kept a pod from being made.</param>
    /// <param name="missing">How many pods were missing.</param>
    /// <returns>The pod time until the next pod counts as available.</returns>
    public TimeSpan? Write(StoredObject set, IReadOnlyList<StoredObject> pods, ApiException? refusal, int missing)
    {
        var minReady = TimeSpan.FromSeconds(set.Body.Number("spec", "minReadySeconds") ?? 0);
        var waits = pods.Select(pod => PodFacts.UntilAvailable(plane.Moments, pod, minReady)).OfType<TimeSpan>().ToList();
        var labels = LabelSelector.Of(set.Body.At("spec", "template", "metadata", "labels"));
        plane.Change(set, body =>
        {
            var status = body.Child("status");
            status["replicas"] = pods.Count;
            status.SetCount("fullyLabeledReplicas", pods.Count(pod => labels.Matches(pod.Body)))
                .SetCount("readyReplicas", waits.Count)
                .SetCount("availableReplicas", waits.Count(wait => wait == TimeSpan.Zero))
                .SetObserved(body);
            SetFailure(body, refusal, missing);
        });
        return waits.Where(wait => wait > TimeSpan.Zero).Select(wait => (TimeSpan?)wait).DefaultIfEmpty().Min();
    }

    private void SetFailure(JsonObject body, ApiException? refusal, int missing)
    {
        if (refusal is null)
            body.RemoveCondition(Failure);
        else if (!body.IsTrue(Failure))
            body.SetCondition(new Condition(Failure, "True", missing > 0 ? "FailedCreate" : "FailedDelete", refusal.Message), plane.Now, updated: false);
    }
}
