using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox;

/// <summary>What a client can do to objects, with everything the API server does on the way to its store.</summary>
internal sealed class ObjectOperations(ObjectStore store, PodTime time)
{
    private readonly Deletion _deletion = new(store, time);

    /// <summary>An object as it is.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public StoredObject Get(ResourceType type, string space, string name) => store.Get(type, space, name) ?? throw ApiException.NotFound(type, name);

    /// <summary>A new object.</summary>
    public StoredObject Create(ResourceType type, string space, JsonObject body, WriteOptions options)
    {
        _ = options;
        if (type.Namespaced)
            body.Child("metadata")["namespace"] = space;
        return store.Create(type, body);
    }

    /// <summary>Another version of an object, given as a whole.</summary>
    public StoredObject Update(ResourceType type, string space, string name, JsonObject body, WriteOptions options)
    {
        _ = options;
        return store.Replace(Get(type, space, name), body);
    }

    /// <summary>Deletes an object, or marks it as to be deleted.</summary>
    /// <returns>The object on its way out; null when it is gone.</returns>
    public StoredObject? Delete(ResourceType type, string space, string name, DeletionRequest request) =>
        _deletion.Begin(Get(type, space, name), request);
}
