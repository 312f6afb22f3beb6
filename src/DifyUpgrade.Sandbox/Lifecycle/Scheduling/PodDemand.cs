using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Scheduling;

/// <summary>What a pod asks of its node.</summary>
/// <param name="Cpu">Cores.</param>
/// <param name="Memory">Bytes.</param>
internal sealed record PodDemand(decimal Cpu, decimal Memory)
{
    private static readonly ConditionalWeakTable<StoredObject, PodDemand> Known = [];

    /// <summary>The demand of a pod.</summary>
    public static PodDemand Of(StoredObject pod) => Known.GetValue(pod, static item => new PodDemand(Sum(item.Body, "cpu"), Sum(item.Body, "memory")));

    // Init containers run one after the other before the others do, so the greatest of them counts, if it is more.
    private static decimal Sum(JsonObject pod, string resource)
    {
        var together = pod.Items("spec", "containers").Sum(container => Request(container, resource));
        var before = pod.Items("spec", "initContainers").Select(container => Request(container, resource)).DefaultIfEmpty().Max();
        return Math.Max(together, before) + Quantity.Of(pod.At("spec", "overhead", resource));
    }

    private static decimal Request(JsonObject container, string resource) =>
        Quantity.Of(container.At("resources", "requests", resource) ?? container.At("resources", "limits", resource));
}
