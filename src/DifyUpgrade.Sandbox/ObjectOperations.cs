using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox;

/// <summary>
/// What a client can do to objects, with everything the API server does on the way to its store: names, defaults,
/// validation, generation, field ownership, dry run. Controllers write to the store themselves.
/// </summary>
internal sealed class ObjectOperations(ObjectStore store, PodTime time)
{
    // The real server tries as often before it gives a conflict of a patch back to the client.
    private const int Attempts = 5;

    private readonly Deletion _deletion = new(store, time);
    private readonly ServiceAddresses _addresses = new(store);
    private readonly Admission _admission = new(store);

    /// <summary>An object as it is.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public StoredObject Get(ResourceType type, string space, string name) => store.Get(type, space, name) ?? throw ApiException.NotFound(type, name);

    /// <summary>A new object.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="space">The namespace; empty for a kind without one.</param>
    /// <param name="body">What was sent; is changed.</param>
    /// <param name="options">How.</param>
    public StoredObject Create(ResourceType type, string space, JsonObject body, WriteOptions options)
    {
        Admit(type, space, body, options);
        ObjectRules.BeforeCreate(type, body);
        Complete(type, body, null, options);
        ManagedFields.Track(type, null, body, Applier(options));
        return Add(type, body, options);
    }

    /// <summary>Another version of an object, given as a whole.</summary>
    public StoredObject Update(ResourceType type, string space, string name, JsonObject body, WriteOptions options)
    {
        CheckFields(type, body, options);
        CheckName(body, space, name);
        var current = Get(type, space, name);
        var next = ObjectRules.BeforeUpdate(type, current.Body, body, options.Subresource);
        Complete(type, next, current.Body, options);
        Track(type, current.Body, next, options);
        return Put(current, next, options);
    }

    /// <summary>Another version of an object, given as a patch.</summary>
    /// <returns>The object, and whether it is new.</returns>
    public (StoredObject Stored, bool IsNew) Patch(ResourceType type, string space, string name, ObjectPatch patch, WriteOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            var current = store.Get(type, space, name);
            if (current is null && !patch.IsApply)
                throw ApiException.NotFound(type, name);
            try
            {
                return current is null ? (CreateApplied(type, space, name, patch, options), true) : (PatchOnce(current, patch, options), false);
            }
            catch (ApiException refusal) when (refusal.Reason is "Conflict" or "AlreadyExists" && attempt < Attempts && IsOutrun(current, type, space, name))
            {
                // Somebody else was faster: patch what they made of it.
            }
        }
    }

    /// <summary>Deletes an object, or marks it as to be deleted.</summary>
    /// <returns>The object on its way out; null when it is gone.</returns>
    public StoredObject? Delete(StoredObject current, DeletionRequest request, bool dryRun = false)
    {
        _admission.Validate(new AdmissionRequest(current.Type, current.Body) { IsDeletion = true, DryRun = dryRun });
        return dryRun ? current : _deletion.Begin(current, request);
    }

    private static void CheckFields(ResourceType type, JsonObject body, WriteOptions options)
    {
        if (body.Text("kind") is { } kind && (kind != type.Kind || body.Text("apiVersion") != type.ApiVersion))
            throw ApiException.BadRequest($"{kind} in version \"{body.Text("apiVersion")}\" cannot be handled as a {type.Kind}: no kind \"{kind}\" is registered for version \"{type.ApiVersion}\"");
        var unknown = FieldCheck.Unknown(type, body);
        if (unknown.Count == 0)
            return;
        if (options.Fields == FieldValidation.Strict)
            throw ApiException.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: strict decoding error: {string.Join(", ", unknown)}");
        if (options.Fields == FieldValidation.Warn)
            unknown.ToList().ForEach(options.Warnings.Add);
        UnknownFields.Drop(body, unknown);
    }

    private static void CheckPatched(ObjectPatch patch, ResourceType type, JsonObject patched, WriteOptions options)
    {
        const string Decoder = "cannot be handled as a ";
        try
        {
            CheckFields(type, patched, options);
        }
        catch (ApiException refusal) when (!patch.IsApply && refusal.Message.IndexOf(Decoder, StringComparison.Ordinal) is > 0 and var at)
        {
            throw patch.Invalid(patched, refusal.Message[(refusal.Message.IndexOf(": ", at, StringComparison.Ordinal) + 2)..]);
        }
    }

    private static void CheckName(JsonObject body, string space, string name)
    {
        if (body.Text("metadata", "name") is { } sent && sent != name)
            throw ApiException.BadRequest($"the name of the object ({sent}) does not match the name on the URL ({name})");
        CheckNamespace(body, space);
        body.Child("metadata")["name"] = name;
    }

    private static void CheckNamespace(JsonObject body, string space)
    {
        if (body.Text("metadata", "namespace") is { Length: > 0 } sent && sent != space)
            throw ApiException.BadRequest($"the namespace of the provided object does not match the namespace sent on the request");
        if (space.Length > 0)
            body.Child("metadata")["namespace"] = space;
    }

    private void Admit(ResourceType type, string space, JsonObject body, WriteOptions options)
    {
        CheckFields(type, body, options);
        CheckNamespace(body, space);
        var metadata = body.Child("metadata");
        if (metadata.Text("name") is null or "" && metadata.Text("generateName") is { Length: > 0 } prefix)
            metadata["name"] = RandomSuffix.Name(prefix);
        if (!type.Namespaced)
            return;
        if (store.Get(ResourceTypes.Namespaces, "", space) is null)
            throw ApiException.NotFound(ResourceTypes.Namespaces, space);
        _admission.MustNotBeGoing(type, space, metadata.Text("name") ?? "");
    }

    private void Complete(ResourceType type, JsonObject body, JsonObject? before, WriteOptions options)
    {
        // An empty list means that nobody shall own anything; as an empty field it would be dropped as if nothing had been said.
        if (before is not null && body.At("metadata", "managedFields") is JsonArray { Count: 0 })
            body.Child("metadata")["managedFields"] = new JsonArray(new JsonObject());
        Defaults.Apply(type, body);
        _admission.Mutate(Request(type, body, before, options));
        if (type == ResourceTypes.Services)
            _addresses.Complete(body, before);
        Validation.Check(type, body, before);
    }

    private StoredObject CreateApplied(ResourceType type, string space, string name, ObjectPatch patch, WriteOptions options)
    {
        AppliedFields.Check(type, space, name, patch.Object());
        var body = patch.Apply(type, null, Applier(options));
        CheckName(body, space, name);
        Admit(type, space, body, options);
        ObjectRules.BeforeCreate(type, body);
        Complete(type, body, null, options);
        return Add(type, body, options);
    }

    private StoredObject PatchOnce(StoredObject current, ObjectPatch patch, WriteOptions options)
    {
        var (type, before) = (current.Type, current.Body);
        if (patch.IsApply)
            AppliedFields.Check(type, current.Namespace, current.Name, patch.Object());
        var patched = patch.Apply(type, before, Applier(options));
        CheckPatched(patch, type, patched, options);
        CheckName(patched, current.Namespace, current.Name);
        var next = ObjectRules.BeforeUpdate(type, before, patched, options.Subresource);
        Complete(type, next, before, options);
        if (!patch.IsApply)
            Track(type, before, next, options);
        return Put(current, next, options);
    }

    // An update that changes nothing leaves no trace, not even the time of the attempt.
    private void Track(ResourceType type, JsonObject before, JsonObject next, WriteOptions options)
    {
        if (next.At("metadata", "managedFields") is null && before.At("metadata", "managedFields") is { } managed)
            next.Child("metadata")["managedFields"] = managed.DeepClone();
        if (!JsonNode.DeepEquals(before, next))
            ManagedFields.Track(type, before, next, Applier(options));
    }

    private static AdmissionRequest Request(ResourceType type, JsonObject body, JsonObject? before, WriteOptions options) =>
        new(type, body) { Before = before, DryRun = options.DryRun, Subresource = options.Subresource };

    private bool IsOutrun(StoredObject? read, ResourceType type, string space, string name) => store.Get(type, space, name)?.Version != read?.Version;

    private ApplyOptions Applier(WriteOptions options) => new(options.Manager, options.Force, time.Now) { Subresource = options.Subresource };

    private StoredObject Add(ResourceType type, JsonObject body, WriteOptions options)
    {
        _admission.Validate(Request(type, body, null, options));
        if (!options.DryRun)
            return store.Create(type, body);
        var metadata = body.Child("metadata");
        if (store.Get(type, metadata.Text("namespace") ?? "", metadata.Text("name") ?? "") is not null)
            throw ApiException.AlreadyExists(type, metadata.Text("name") ?? "");
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Timestamp.Of(time.Now);
        return new StoredObject(type, body, 0);
    }

    private StoredObject Put(StoredObject current, JsonObject next, WriteOptions options)
    {
        _admission.Validate(Request(current.Type, next, current.Body, options));
        if (options.DryRun)
            return new StoredObject(current.Type, next, current.Version);
        var stored = store.Replace(current, next);
        if (stored.IsTerminating && Deletion.MustWait(current.Type, current.Body))
            _deletion.Finish(stored);
        return stored;
    }
}
