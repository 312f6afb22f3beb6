using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox;

/// <summary>What the server decides about an object, whatever the client sent: identity, status, generation.</summary>
internal static class ObjectRules
{
    // Fields of the metadata that only the server writes.
    private static readonly string[] ServerFields = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion", "selfLink"];

    private static readonly HashSet<ResourceType> WithGeneration =
    [
        ResourceTypes.Deployments, ResourceTypes.ReplicaSets, ResourceTypes.StatefulSets, ResourceTypes.DaemonSets, ResourceTypes.Jobs, ResourceTypes.CronJobs,
        ResourceTypes.PodDisruptionBudgets, ResourceTypes.Ingresses, ResourceTypes.NetworkPolicies, ResourceTypes.EndpointSlices, ResourceTypes.IngressClasses,
    ];

    // Whoever writes these has to say which version they read; others may be overwritten blindly.
    private static readonly HashSet<ResourceType> WithVersion = [ResourceTypes.Leases, ResourceTypes.PodDisruptionBudgets];

    /// <summary>Makes a new object out of what a client sent.</summary>
    public static void BeforeCreate(ResourceType type, JsonObject body)
    {
        if (body.Text("metadata", "resourceVersion") is { Length: > 0 } and not "0")
            throw ApiException.BadRequest("resourceVersion should not be set on objects to be created");
        var metadata = body.Child("metadata");
        foreach (var field in ServerFields)
            metadata.Remove(field);
        if (type.Subresources.Contains("status"))
            body.Remove("status");
        if (WithGeneration.Contains(type))
            metadata["generation"] = 1;
        if (type == ResourceTypes.Namespaces)
            BeforeCreateNamespace(body);
        if (type == ResourceTypes.Pods)
            body["status"] = new JsonObject { ["phase"] = "Pending" };
    }

    /// <summary>Makes the next version of an object out of what a client sent.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="current">The stored version; not changed.</param>
    /// <param name="body">What was sent, as a whole.</param>
    /// <param name="subresource">What of it counts: null for all but the status.</param>
    /// <returns>The next version.</returns>
    public static JsonObject BeforeUpdate(ResourceType type, JsonObject current, JsonObject body, string? subresource)
    {
        CheckIdentity(type, current, body);
        if (subresource == "status")
            return WithStatus(current, body);
        foreach (var field in ServerFields)
            Keep(current.Child("metadata"), body.Child("metadata"), field);
        if (type.Subresources.Contains("status"))
            Keep(current, body, "status");
        if (type == ResourceTypes.Namespaces && subresource != "finalize")
            Keep(current, body, "spec");
        if (WithGeneration.Contains(type) && IsOtherDesire(type, current, body))
            body.Child("metadata")["generation"] = (current.Number("metadata", "generation") ?? 0) + 1;
        return body;
    }

    private static void BeforeCreateNamespace(JsonObject body)
    {
        body.Child("metadata").Child("labels")["kubernetes.io/metadata.name"] = body.Text("metadata", "name");
        body.Child("spec")["finalizers"] = new JsonArray("kubernetes");
        body["status"] = new JsonObject { ["phase"] = "Active" };
    }

    private static void CheckIdentity(ResourceType type, JsonObject current, JsonObject body)
    {
        var name = current.Text("metadata", "name")!;
        var (uid, sent) = (current.Text("metadata", "uid"), body.Text("metadata", "uid"));
        if (sent is { Length: > 0 } && sent != uid)
            throw ApiException.Conflict(type, name, $"Precondition failed: UID in precondition: {sent}, UID in object meta: {uid}");
        var version = body.Text("metadata", "resourceVersion");
        if (version is null or "" or "0")
        {
            if (WithVersion.Contains(type))
                throw Unversioned(type, name);
        }
        else if (version != current.Text("metadata", "resourceVersion"))
        {
            throw ApiException.Conflict(type, name, "the object has been modified; please apply your changes to the latest version and try again");
        }
    }

    private static ApiException Unversioned(ResourceType type, string name)
    {
        const string Why = "must be specified for an update";
        return new ApiException(422, "Invalid", $"{type.QualifiedPlural} \"{name}\" is invalid: metadata.resourceVersion: Invalid value: 0x0: {Why}")
        {
            Details = new JsonObject
            {
                ["name"] = name,
                ["group"] = type.Group,
                ["kind"] = type.Plural,
                ["causes"] = new JsonArray(new JsonObject { ["reason"] = "FieldValueInvalid", ["message"] = $"Invalid value: 0x0: {Why}", ["field"] = "metadata.resourceVersion" }),
            },
        };
    }

    private static JsonObject WithStatus(JsonObject current, JsonObject body)
    {
        var next = (JsonObject)current.DeepClone();
        Keep(body, next, "status");
        if (body.At("metadata", "managedFields") is { } managed)
            next.Child("metadata")["managedFields"] = managed.DeepClone();
        return next;
    }

    // Deployments hand their annotations on to their ReplicaSets, so a change of them is a change of the desire.
    private static bool IsOtherDesire(ResourceType type, JsonObject current, JsonObject body) =>
        !JsonNode.DeepEquals(current["spec"], body["spec"])
        || (type == ResourceTypes.Deployments && !JsonNode.DeepEquals(current.At("metadata", "annotations"), body.At("metadata", "annotations")))
        || (type == ResourceTypes.EndpointSlices && !JsonNode.DeepEquals(current["endpoints"], body["endpoints"]));

    private static void Keep(JsonObject from, JsonObject to, string field)
    {
        if (from[field] is { } value)
            to[field] = value.DeepClone();
        else
            to.Remove(field);
    }
}
