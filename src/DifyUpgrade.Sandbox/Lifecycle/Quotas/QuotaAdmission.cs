using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Quotas;

/// <summary>Refuses what would exceed a ResourceQuota, and counts what does not. Quotas with scopes are not looked at.</summary>
/// <param name="store">Where the quotas are.</param>
internal sealed class QuotaAdmission(ObjectStore store)
{
    /// <summary>Charges a new object.</summary>
    /// <exception cref="ApiException">403: a quota is used up.</exception>
    public void Charge(ResourceType type, JsonObject body)
    {
        var quotas = store.List(ResourceTypes.ResourceQuotas, body.Text("metadata", "namespace") ?? "").Items.Where(IsPlain).ToList();
        foreach (var quota in quotas)
            Check(quota, type, body);
        foreach (var quota in quotas)
            Count(quota, type, body);
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

    private void Count(StoredObject quota, ResourceType type, JsonObject body)
    {
        var wanted = QuotaUsage.Of(type, body, Limited(quota));
        if (wanted.Count == 0)
            return;
        var charged = (JsonObject)quota.Body.DeepClone();
        foreach (var (resource, amount) in wanted)
            charged.Child("status").Child("used")[resource] = QuotaUsage.Text(resource, Used(quota, resource) + amount);
        store.Replace(quota, charged);
    }

    private static decimal Used(StoredObject quota, string resource) => Amount.Of(quota.Body.At("status", "used", resource));

    private static decimal Hard(StoredObject quota, string resource) => Amount.Of(quota.Body.At("spec", "hard", resource));
}
