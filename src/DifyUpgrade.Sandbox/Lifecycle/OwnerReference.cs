using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>Reads and writes who controls an object.</summary>
internal static class OwnerReference
{
    /// <summary>The reference of an object to the one that controls it.</summary>
    /// <returns>Null for an object of its own.</returns>
    public static JsonObject? Controller(JsonObject body) =>
        body.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Flag("controller"));

    /// <summary>Whether an object controls another.</summary>
    public static bool Controls(StoredObject owner, StoredObject item) => Controller(item.Body).Text("uid") == owner.Uid;

    /// <summary>The objects of a kind that an object controls, in no order.</summary>
    public static IEnumerable<StoredObject> Controlled(this ObjectIndex index, ResourceType type, StoredObject owner) =>
        index.OwnedBy(owner.Uid).Where(item => item.Type == type && Controls(owner, item));

    /// <summary>The name of an object's controller, if that is of a kind.</summary>
    public static ObjectName? NameOf(ResourceType type, StoredObject item) =>
        Controller(item.Body) is { } owner && owner.Text("kind") == type.Kind && owner.Text("apiVersion") == type.ApiVersion
            ? new ObjectName(item.Namespace, owner.Text("name")!)
            : null;

    /// <summary>A reference to a controller.</summary>
    public static JsonObject To(StoredObject owner) => new()
    {
        ["apiVersion"] = owner.Type.ApiVersion,
        ["kind"] = owner.Type.Kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    /// <summary>Makes an object a controller's.</summary>
    public static void Add(JsonObject body, StoredObject owner)
    {
        var metadata = body.Child("metadata");
        if (metadata["ownerReferences"] is not JsonArray owners)
            metadata["ownerReferences"] = owners = [];
        owners.Add(To(owner));
    }

    /// <summary>Takes the references to an owner out.</summary>
    public static void Remove(JsonObject body, string uid)
    {
        if (body.At("metadata", "ownerReferences") is not JsonArray owners)
            return;
        owners.RemoveAll(owner => owner.Text("uid") == uid);
        if (owners.Count == 0)
            body.Child("metadata").Remove("ownerReferences");
    }
}
