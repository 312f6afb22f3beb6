using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Disruption;

/// <summary>Works out how many pods of a PodDisruptionBudget may be evicted now.</summary>
internal sealed class DisruptionController(ControlPlane plane) : Controller(plane)
{
    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.PodDisruptionBudgets, ResourceTypes.Pods];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        var item = change.Object;
        return item.Type == ResourceTypes.PodDisruptionBudgets
            ? [new ObjectName(item.Namespace, item.Name)]
            : Plane.Index.In(ResourceTypes.PodDisruptionBudgets, item.Namespace)
                .Where(budget => LabelSelector.Of(budget.Body.At("spec", "selector")).Matches(item.Body))
                .Select(budget => new ObjectName(budget.Namespace, budget.Name));
    }

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.PodDisruptionBudgets, name) is not { IsTerminating: false } budget)
            return null;
        var selector = LabelSelector.Of(budget.Body.At("spec", "selector"));
        var pods = Plane.Index.In(ResourceTypes.Pods, name.Namespace).Where(pod => !PodFacts.Of(pod).HasEnded && selector.Matches(pod.Body)).ToList();
        var healthy = pods.Count(pod => PodFacts.Of(pod) is { IsReady: true, IsTerminating: false });
        var (expected, desired) = Wanted(budget.Body, pods);
        var allowed = expected > 0 ? Math.Max(0, healthy - desired) : 0;
        Plane.Change(budget, body =>
        {
            var status = body.Child("status");
            status["currentHealthy"] = healthy;
            status["desiredHealthy"] = desired;
            status["disruptionsAllowed"] = allowed;
            status["expectedPods"] = expected;
            status.SetObserved(body);
            var condition = allowed > 0 ? new Condition("DisruptionAllowed", "True", "SufficientPods", "") : new Condition("DisruptionAllowed", "False", "InsufficientPods", "");
            body.SetCondition(condition, Plane.Now, updated: false);
            body.Condition("DisruptionAllowed")!["message"] = "";
        });
        return null;
    }

    private (int Expected, int Desired) Wanted(JsonObject budget, List<StoredObject> pods)
    {
        var (least, most) = (budget.At("spec", "minAvailable"), budget.At("spec", "maxUnavailable"));
        if (most is not null)
        {
            var scale = Scale(pods);
            return (scale, Math.Max(0, scale - ScaledValue.Of(most, scale, roundUp: true)));
        }

        if (least.Number() is { } count)
            return (pods.Count, (int)count);
        var total = Scale(pods);
        return (total, ScaledValue.Of(least, total, roundUp: true));
    }

    // What the owners of the pods want, not what there happens to be.
    private int Scale(List<StoredObject> pods) => pods
        .Select(pod => OwnerReference.Controller(pod.Body).Text("uid")).OfType<string>().Distinct()
        .Select(Plane.Index.Get).OfType<StoredObject>()
        .Sum(owner => (int)(owner.Body.Number("spec", "replicas") ?? 0));
}
