using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>How an object is to be deleted; what <c>DeleteOptions</c> leaves open takes the kind's default.</summary>
internal sealed record DeletionRequest
{
    /// <summary>Seconds a pod gets to end; zero removes it at once.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>: what becomes of the objects it owns.</summary>
    public string? PropagationPolicy { get; init; }
}

/// <summary>
/// How deletion begins and ends, the same for routes, controllers and kubelet. An object goes at once unless it has
/// finalizers, is a namespace that must be emptied, or a pod that a node still has to end.
/// </summary>
/// <param name="store">Where the objects are.</param>
/// <param name="time">Stamps the deletion.</param>
internal sealed class Deletion(ObjectStore store, PodTime time)
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";

    /// <summary>Begins to delete an object, or shortens the grace of a deletion that has begun.</summary>
    /// <returns>The object on its way out; null when it is gone already.</returns>
    /// <exception cref="ApiException">It changed or went meanwhile.</exception>
    public StoredObject? Begin(StoredObject current, DeletionRequest? request = null)
    {
        request ??= new DeletionRequest();
        var body = (JsonObject)current.Body.DeepClone();
        MarkDependents(current.Type, body.Child("metadata"), request.PropagationPolicy);
        var grace = Grace(current, request.GracePeriodSeconds);
        if (grace == 0 && !MustWait(current.Type, body))
        {
            store.Remove(current);
            return null;
        }

        Stamp(current, body, grace);
        return store.Replace(current, body);
    }

    /// <summary>Removes an object whose deletion has begun and which nothing holds any more.</summary>
    /// <returns>Whether it is gone; false where a finalizer or a node still holds it.</returns>
    public bool Finish(StoredObject current)
    {
        if (!current.IsTerminating || (current.Body.Number("metadata", "deletionGracePeriodSeconds") ?? 0) > 0 || MustWait(current.Type, current.Body))
            return false;
        store.Remove(current);
        return true;
    }

    /// <summary>Whether a finalizer holds an object.</summary>
    public static bool MustWait(ResourceType type, JsonObject body) =>
        body.At("metadata", "finalizers") is JsonArray { Count: > 0 } || (type == ResourceTypes.Namespaces && body.At("spec", "finalizers") is JsonArray { Count: > 0 });

    private void Stamp(StoredObject current, JsonObject body, long grace)
    {
        var metadata = body.Child("metadata");
        if (!current.IsTerminating && metadata.Number("generation") is > 0 and var generation)
            metadata["generation"] = generation + 1;
        metadata["deletionTimestamp"] = current.IsTerminating && grace == current.Body.Number("metadata", "deletionGracePeriodSeconds")
            ? metadata.Text("deletionTimestamp")
            : Timestamp.Of(time.Now + time.ToReal(TimeSpan.FromSeconds(grace)));
        if (current.Type == ResourceTypes.Namespaces)
            body.Child("status")["phase"] = "Terminating";
        else
            metadata["deletionGracePeriodSeconds"] = grace;
    }

    // A pod that no node runs, or that has ended, has nobody who would end it. A grace can be shortened, never extended.
    private static long Grace(StoredObject current, long? wanted)
    {
        var body = current.Body;
        if (current.Type != ResourceTypes.Pods || body.Text("spec", "nodeName") is null or "" || body.Text("status", "phase") is "Failed" or "Succeeded")
            return 0;
        var own = (current.IsTerminating ? body.Number("metadata", "deletionGracePeriodSeconds") : body.Number("spec", "terminationGracePeriodSeconds")) ?? 30;
        return current.IsTerminating ? Math.Min(own, wanted ?? own) : wanted ?? own;
    }

    private static void MarkDependents(ResourceType type, JsonObject metadata, string? policy)
    {
        var finalizers = metadata.At("finalizers") is JsonArray present ? present.Select(item => item!.GetValue<string>()).ToList() : [];

        // batch/v1 keeps the default of its first days.
        policy ??= type == ResourceTypes.Jobs && !finalizers.Contains(Foreground) ? nameof(Orphan) : null;
        if (policy is null)
            return;
        finalizers.RemoveAll(finalizer => finalizer is Foreground or Orphan);
        if (policy is nameof(Foreground))
            finalizers.Add(Foreground);
        if (policy is nameof(Orphan))
            finalizers.Add(Orphan);
        if (finalizers.Count == 0)
            metadata.Remove("finalizers");
        else
            metadata["finalizers"] = new JsonArray([.. finalizers.Select(finalizer => JsonValue.Create(finalizer))]);
    }
}
