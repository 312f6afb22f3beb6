using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Quotas;

/// <summary>Refuses what would exceed a ResourceQuota, and counts what does not. Quotas with scopes are not looked at.</summary>
/// <param name="store">Where the quotas are.</param>
internal sealed class QuotaAdmission(ObjectStore store)
{
    /// <summary>Charges a new object.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="body">The object, with name and namespace.</param>
    /// <param name="dryRun">Whether it is only asked if there is room.</param>
    /// <exception cref="ApiException">403: a quota is used up.</exception>
    public void Charge(ResourceType type, JsonObject body, bool dryRun = false)
    {
        var space = body.Text("metadata", "namespace") ?? "";
        if (!type.Namespaced || type == ResourceTypes.Events || store.Get(type, space, body.Text("metadata", "name") ?? "") is not null)
            return;
        var quotas = store.List(ResourceTypes.ResourceQuotas, space).Items.Where(IsPlain).ToList();
        foreach (var quota in quotas)
            Check(quota, type, body);
        foreach (var quota in quotas.Where(_ => !dryRun))
            Count(quota.Name, type, body);
    }

    /// <summary>Whether a quota is about all objects.</summary>
    public static bool IsPlain(StoredObject quota) => quota.Body.At("spec", "scopes") is null && quota.Body.At("spec", "scopeSelector") is null;

    /// <summary>The limits of a quota.</summary>
    public static IEnumerable<string> Limited(StoredObject quota) => (quota.Body.At("spec", "hard") as JsonObject ?? []).Select(limit => limit.Key);

    private static void Check(StoredObject quota, ResourceType type, JsonObject body)
    {
        var unsaid = type == ResourceTypes.Pods ? QuotaUsage.Unsaid(body, Limited(quota)).ToLookup(entry => entry.Resource, entry => entry.Container) : null;
        if (unsaid is { Count: > 0 })
            throw Admission.Forbidden(type, body, $"failed quota: {quota.Name}: must specify {string.Join("; ", unsaid.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} for: {string.Join(",", entry)}"))}");
        var wanted = QuotaUsage.Of(type, body, Limited(quota));
        var exceeded = wanted.Where(use => use.Value > 0 && Used(quota, use.Key) + use.Value > Hard(quota, use.Key)).OrderBy(use => use.Key, StringComparer.Ordinal).ToList();
        if (exceeded.Count == 0)
            return;
        string List(Func<KeyValuePair<string, decimal>, decimal> amount) => string.Join(",", exceeded.Select(use => $"{use.Key}={QuotaUsage.Text(use.Key, amount(use))}"));
        throw Admission.Forbidden(type, body, $"exceeded quota: {quota.Name}, requested: {List(use => use.Value)}, used: {List(use => Used(quota, use.Key))}, limited: {List(use => Hard(quota, use.Key))}");
    }

    private void Count(string name, ResourceType type, JsonObject body)
    {
        while (store.Get(ResourceTypes.ResourceQuotas, body.Text("metadata", "namespace")!, name) is { } quota)
        {
            var wanted = QuotaUsage.Of(type, body, Limited(quota));
            var charged = (JsonObject)quota.Body.DeepClone();
            foreach (var (resource, amount) in wanted)
                charged.Child("status").Child("used")[resource] = QuotaUsage.Text(resource, Used(quota, resource) + amount);
            try
            {
                store.Replace(quota, charged);
                return;
            }
            catch (ApiException changed) when (changed.Code is 404 or 409)
            {
                // Somebody else charged it meanwhile: again with what is left now.
            }
        }
    }

    private static decimal Used(StoredObject quota, string resource) => Quantity.Of(quota.Body.At("status", "used", resource));

    private static decimal Hard(StoredObject quota, string resource) => Quantity.Of(quota.Body.At("spec", "hard", resource));
}
