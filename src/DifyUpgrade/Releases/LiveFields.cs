using System.Text.Json.Nodes;

namespace DifyUpgrade.Releases;

/// <summary>Brings live and predicted objects into a form in which only what a person or the chart decided is left.</summary>
internal static class LiveFields
{
    private static readonly string[] ServerMetadata = ["managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink", "deletionGracePeriodSeconds"];

    private static readonly string[] ServerAnnotations = ["deployment.kubernetes.io/revision", "kubectl.kubernetes.io/last-applied-configuration", "meta.helm.sh/release-name", "meta.helm.sh/release-namespace", "deprecated.daemonset.template.generation"];

    /// <summary>A copy without what the server keeps for itself.</summary>
    /// <param name="body">The object as the server returned it.</param>
    /// <returns>The copy.</returns>
    public static JsonObject Decided(JsonObject body)
    {
        var copy = (JsonObject)body.DeepClone();
        copy.Remove("status");
        if (copy["metadata"] is not JsonObject metadata)
            return copy;

        foreach (var field in ServerMetadata)
            metadata.Remove(field);
        if (metadata["annotations"] is JsonObject annotations)
        {
            foreach (var field in ServerAnnotations)
                annotations.Remove(field);
            if (annotations.Count == 0)
                metadata.Remove("annotations");
        }

        return copy;
    }

    /// <summary>
    /// Takes out what the last revision set and the new one no longer does. A server-side dry run keeps such fields,
    /// helm's three-way merge drops them.
    /// </summary>
    /// <param name="predicted">The dry run's result; changed in place.</param>
    /// <param name="before">The object in the last revision's manifest.</param>
    /// <param name="after">The object in the new manifest.</param>
    public static void Drop(JsonObject predicted, JsonObject before, JsonObject after)
    {
        foreach (var (key, old) in before)
        {
            if (!after.TryGetPropertyValue(key, out var wanted))
                predicted.Remove(key);
            else if (predicted[key] is JsonObject inner && old is JsonObject oldInner && wanted is JsonObject wantedInner)
                Drop(inner, oldInner, wantedInner);
            else if (predicted[key] is JsonArray items && old is JsonArray oldItems && wanted is JsonArray wantedItems)
                DropItems(items, oldItems, wantedItems);
        }
    }

    private static void DropItems(JsonArray predicted, JsonArray before, JsonArray after)
    {
        foreach (var old in before.OfType<JsonObject>())
        {
            if (Find(predicted, old) is not { } item)
                continue;
            if (Find(after, old) is { } wanted)
                Drop(item, old, wanted);
            else
                predicted.Remove(item);
        }
    }

    // Containers, volumes and env merge by name, volumeMounts by mountPath, the ports of containers and Services by number
    // and protocol; other lists are replaced whole.
    private static JsonObject? Find(JsonArray items, JsonObject like) => items.OfType<JsonObject>().FirstOrDefault(item =>
        Same(item, like, "mountPath") ?? SamePort(item, like, "containerPort") ?? SamePort(item, like, "port") ?? Same(item, like, "name") ?? false);

    private static bool? SamePort(JsonObject item, JsonObject like, string key) =>
        Same(item, like, key) is { } same ? same && (item["protocol"]?.ToString() ?? "TCP") == (like["protocol"]?.ToString() ?? "TCP") : null;

    private static bool? Same(JsonObject item, JsonObject like, string key) =>
        like[key] is { } wanted ? item[key]?.ToString() == wanted.ToString() : null;
}
