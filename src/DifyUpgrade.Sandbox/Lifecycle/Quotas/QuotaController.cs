using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Quotas;

/// <summary>Counts what the objects in a namespace take of its quotas.</summary>
internal sealed class QuotaController(ControlPlane plane) : Controller(plane)
{
    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [.. ResourceTypes.All.Where(type => type.Namespaced && type != ResourceTypes.Events)];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        var item = change.Object;
        if (item.Type == ResourceTypes.ResourceQuotas)
            return [new ObjectName(item.Namespace, item.Name)];
        var isNews = change.Kind != StoreEventKind.Modified || (item.Type == ResourceTypes.Pods && PodFacts.Of(item).HasEnded);
        return isNews ? Plane.Index.In(ResourceTypes.ResourceQuotas, item.Namespace).Select(quota => new ObjectName(quota.Namespace, quota.Name)) : [];
    }

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.ResourceQuotas, name) is not { IsTerminating: false } quota || !QuotaAdmission.IsPlain(quota))
            return null;
        var used = QuotaAdmission.Limited(quota).ToDictionary(resource => resource, _ => 0m);
        foreach (var (resource, amount) in Plane.Index.In(name.Namespace).SelectMany(item => QuotaUsage.Of(item.Type, item.Body, used.Keys)))
            used[resource] += amount;
        Plane.Change(quota, body =>
        {
            body.Child("status")["hard"] = body.At("spec", "hard")?.DeepClone();
            body.Child("status")["used"] = new JsonObject(used.Select(use => KeyValuePair.Create(use.Key, (JsonNode?)QuotaUsage.Text(use.Key, use.Value))));
        });
        return null;
    }
}
