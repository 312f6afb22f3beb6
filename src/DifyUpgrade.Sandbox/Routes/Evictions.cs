using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Deletes pods as far as their disruption budgets allow.</summary>
internal sealed class Evictions(ObjectStore store, DeleteRoute deletions)
{
    /// <summary>Evicts a pod.</summary>
    /// <exception cref="ApiException">A budget does not allow it now (429).</exception>
    public void Evict(StoredObject pod, JsonObject options, bool dryRun)
    {
        foreach (var budget in store.List(ResourceTypes.PodDisruptionBudgets, pod.Namespace).Items.Where(budget => LabelSelector.Of(budget.Body.At("spec", "selector")).Matches(pod.Body)))
            Spend(budget, dryRun);
        deletions.Delete(pod, options, dryRun);
    }

    private void Spend(StoredObject budget, bool dryRun)
    {
        var allowed = budget.Body.Number("status", "disruptionsAllowed") ?? 0;
        if (allowed <= 0)
            throw Violates(budget);
        if (dryRun)
            return;
        var next = (JsonObject)budget.Body.DeepClone();
        next.Child("status")["disruptionsAllowed"] = allowed - 1;
        store.Replace(budget, next);
    }

    private static ApiException Violates(StoredObject budget) =>
        new(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.")
        {
            Details = new JsonObject
            {
                ["causes"] = new JsonArray(new JsonObject
                {
                    ["reason"] = "DisruptionBudget",
                    ["message"] = $"The disruption budget {budget.Name} needs {budget.Body.Number("status", "desiredHealthy") ?? 0} healthy pods and has {budget.Body.Number("status", "currentHealthy") ?? 0} currently",
                }),
            },
        };
}
