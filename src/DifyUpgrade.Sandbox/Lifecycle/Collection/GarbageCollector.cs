using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Collection;

/// <summary>
/// Deletes what has lost all its owners, and settles what becomes of the dependents of an object on its way out:
/// deleted before it (Foreground) or left alone (Orphan). Names its objects by uid, for they are of all kinds.
/// </summary>
internal sealed class GarbageCollector(ControlPlane plane) : Controller(plane)
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [.. ResourceTypes.All.Where(type => type != ResourceTypes.Events)];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        var item = change.Object;
        if (change.Kind == StoreEventKind.Deleted)
            return [.. Plane.Index.OwnedBy(item.Uid).Select(dependent => dependent.Uid).Concat(Owners(item).Select(owner => owner.Text("uid")).OfType<string>()).Select(Named)];
        var isNews = item.IsTerminating || (change.Kind == StoreEventKind.Added && Owners(item).Any());
        return isNews ? [Named(item.Uid)] : [];
    }

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(name.Name) is not { } item)
            return null;
        if (item.IsTerminating && HasFinalizer(item, Orphan))
            Release(item);
        else if (item.IsTerminating && HasFinalizer(item, Foreground))
            DeleteDependents(item);
        else if (item.IsTerminating)
            Plane.Deletion.Finish(item);
        else if (Owners(item).Any())
            CheckOwners(item);
        return null;
    }

    private static ObjectName Named(string uid) => new("", uid);

    private static IEnumerable<JsonObject> Owners(StoredObject item) => item.Body.Items("metadata", "ownerReferences");

    private static bool HasFinalizer(StoredObject item, string finalizer) =>
        item.Body.At("metadata", "finalizers") is JsonArray all && all.Any(one => one?.GetValue<string>() == finalizer);

    private void Release(StoredObject owner)
    {
        foreach (var dependent in Plane.Index.OwnedBy(owner.Uid).ToList())
            Plane.Change(dependent, body => OwnerReference.Remove(body, owner.Uid));
        Let(owner, Orphan);
    }

    private void DeleteDependents(StoredObject owner)
    {
        var dependents = Plane.Index.OwnedBy(owner.Uid).ToList();
        foreach (var dependent in dependents.Where(dependent => !dependent.IsTerminating))
        {
            // Its own dependents have to go first as well.
            var policy = Plane.Index.OwnedBy(dependent.Uid).Count > 0 ? "Foreground" : "Background";
            Plane.Deletion.Begin(dependent, new DeletionRequest { PropagationPolicy = policy });
        }

        if (!dependents.Exists(dependent => Owners(dependent).Any(reference => reference.Text("uid") == owner.Uid && reference.Flag("blockOwnerDeletion"))))
            Let(owner, Foreground);
    }

    private void Let(StoredObject owner, string finalizer)
    {
        var changed = Plane.Change(owner, body =>
        {
            var all = (JsonArray)body.At("metadata", "finalizers")!;
            all.RemoveAll(one => one?.GetValue<string>() == finalizer);
            if (all.Count == 0)
                body.Child("metadata").Remove("finalizers");
        });
        Plane.Deletion.Finish(changed);
    }

    // Of an owner of a kind that is not served nobody can say that it is gone.
    private bool IsGone(JsonObject owner) =>
        owner.Text("uid") is { } uid && Plane.Index.Get(uid) is null && ResourceTypes.OfKind(owner.Text("apiVersion") ?? "", owner.Text("kind") ?? "") is not null;

    private void CheckOwners(StoredObject item)
    {
        var gone = Owners(item).Where(IsGone).Select(owner => owner.Text("uid")!).ToList();
        if (gone.Count == 0)
            return;
        if (gone.Count == Owners(item).Count())
            Plane.Deletion.Begin(item, new DeletionRequest { PropagationPolicy = "Background" });
        else
            Plane.Change(item, body => gone.ForEach(uid => OwnerReference.Remove(body, uid)));
    }
}
