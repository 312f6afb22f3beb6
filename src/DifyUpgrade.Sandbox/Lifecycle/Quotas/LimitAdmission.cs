using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Quotas;

/// <summary>Gives containers the requests and limits of the namespace's LimitRanges, and refuses what is beyond them.</summary>
/// <param name="store">Where they are.</param>
internal sealed class LimitAdmission(ObjectStore store)
{
    private static readonly (string Field, string Word)[] Lists = [("containers", "container"), ("initContainers", "init container")];

    /// <summary>Fills in a new pod.</summary>
    public void Default(JsonObject pod)
    {
        var notes = new List<string>();
        foreach (var limit in Limits(pod, "Container"))
        {
            foreach (var (field, word) in Lists)
            {
                foreach (var container in pod.Items("spec", field))
                    notes.AddRange(Default(container, limit, word));
            }
        }

        if (notes.Count == 0)
            return;
        pod.Child("metadata").Child("annotations")["kubernetes.io/limit-ranger"] = $"LimitRanger plugin set: {string.Join("; ", notes)}";
        pod.Child("status")["qosClass"] = QualityOfService.Of(pod.Child("spec"));
    }

    /// <summary>Checks a new object.</summary>
    /// <exception cref="ApiException">403: it is beyond a limit.</exception>
    public void Check(ResourceType type, JsonObject body)
    {
        var problems = type == ResourceTypes.Pods ? OfPod(body) : type == ResourceTypes.PersistentVolumeClaims ? OfClaim(body) : [];
        if (problems.ToList() is { Count: > 0 } found)
            throw Admission.Forbidden(type, body, found.Count == 1 ? found[0] : $"[{string.Join(", ", found)}]");
    }

    private IEnumerable<string> OfPod(JsonObject pod)
    {
        foreach (var limit in Limits(pod, "Container"))
        {
            foreach (var container in Lists.SelectMany(list => pod.Items("spec", list.Field)))
            {
                foreach (var problem in LimitBounds.Problems(limit, (kind, name) => container.At("resources", kind, name) is { } amount ? Quantity.Of(amount) : null))
                    yield return problem;
            }
        }

        foreach (var limit in Limits(pod, "Pod"))
        {
            foreach (var problem in LimitBounds.Problems(limit, (kind, name) => Sum(pod, kind, name)))
                yield return problem;
        }
    }

    private IEnumerable<string> OfClaim(JsonObject claim) => Limits(claim, "PersistentVolumeClaim")
        .SelectMany(limit => LimitBounds.Problems(limit, (kind, name) => claim.At("spec", "resources", kind, name) is { } amount ? Quantity.Of(amount) : null));

    // Of a pod only what all containers say counts.
    private static decimal? Sum(JsonObject pod, string kind, string name)
    {
        var amounts = pod.Items("spec", "containers").Select(container => container.At("resources", kind, name)).ToList();
        return amounts.Contains(null) ? null : amounts.Sum(Quantity.Of);
    }

    private IEnumerable<JsonObject> Limits(JsonObject body, string type) => store.List(ResourceTypes.LimitRanges, body.Text("metadata", "namespace") ?? "").Items
        .SelectMany(range => range.Body.Items("spec", "limits")).Where(limit => limit.Text("type") == type);

    private static IEnumerable<string> Default(JsonObject container, JsonObject limit, string word)
    {
        foreach (var (kind, field, singular) in new[] { ("requests", "defaultRequest", "request"), ("limits", "default", "limit") })
        {
            var given = container.At("resources", kind) as JsonObject;
            var set = (limit[field] as JsonObject ?? []).Where(entry => given?[entry.Key] is null).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
            foreach (var (name, amount) in set)
                container.Child("resources").Child(kind)[name] = amount?.DeepClone();
            if (set.Count > 0)
                yield return $"{string.Join(", ", set.Select(entry => entry.Key))} {singular} for {word} {container.Text("name")}";
        }
    }
}
