using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Deployments;

/// <summary>A Deployment's ReplicaSets.</summary>
/// <param name="New">The one with the Deployment's template; null before there is one.</param>
/// <param name="Old">The others, oldest first.</param>
internal sealed record ReplicaSetGroup(StoredObject? New, IReadOnlyList<StoredObject> Old)
{
    /// <summary>All of them.</summary>
    public IEnumerable<StoredObject> All => New is null ? Old : Old.Append(New);

    /// <summary>Those that are to have pods.</summary>
    public IEnumerable<StoredObject> Active => All.Where(set => set.Replicas() > 0);

    /// <summary>How many pods all of them are to have.</summary>
    public int Replicas => All.Sum(set => set.Replicas());

    /// <summary>A count over the statuses of all of them.</summary>
    public int Counted(string field) => All.Sum(set => set.Counted(field));

    /// <summary>Tells the new one from the old ones. Of several with the same template the oldest counts.</summary>
    public static ReplicaSetGroup Of(StoredObject deployment, IEnumerable<StoredObject> sets)
    {
        var ordered = sets.OrderBy(set => set.Body.Text("metadata", "creationTimestamp"), StringComparer.Ordinal).ThenBy(set => set.Name, StringComparer.Ordinal).ToList();
        var current = ordered.Find(set => Revisions.HasTemplateOf(set, deployment));
        return new ReplicaSetGroup(current, [.. ordered.Where(set => set != current)]);
    }
}
