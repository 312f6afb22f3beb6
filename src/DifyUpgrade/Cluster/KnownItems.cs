using System.Text.Json;

namespace DifyUpgrade.Cluster;

/// <summary>What a watch has reported so far, by uid: turns lists and watch lines into changes, none of them twice.</summary>
/// <typeparam name="T">What is watched.</typeparam>
/// <param name="map">Makes the item of an object.</param>
internal sealed class KnownItems<T>(Func<JsonElement, T> map)
{
    private readonly Dictionary<string, (string Version, T Item)> _known = new(StringComparer.Ordinal);
    private bool _listed;

    /// <summary>Takes a complete list.</summary>
    /// <param name="items">Everything there is.</param>
    /// <returns>What differs from what was known, deletions first.</returns>
    public IReadOnlyList<Change<T>> Replace(IReadOnlyList<JsonElement> items)
    {
        var present = items.Select(item => Identity(item).Uid).ToHashSet(StringComparer.Ordinal);
        var changes = new List<Change<T>>();
        foreach (var uid in _known.Keys.Where(uid => !present.Contains(uid)).ToList())
        {
            changes.Add(new(ChangeKind.Deleted, _known[uid].Item));
            _known.Remove(uid);
        }

        changes.AddRange(items.Select(item => Put(item, _listed ? ChangeKind.Added : ChangeKind.Listed)).OfType<Change<T>>());
        _listed = true;
        return changes;
    }

    /// <summary>Takes a line of a watch.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The change; null if it was known already.</returns>
    public Change<T>? Apply(WatchLine line)
    {
        if (line.Type != "DELETED")
            return Put(line.Item, ChangeKind.Added);
        _known.Remove(Identity(line.Item).Uid);
        return new(ChangeKind.Deleted, map(line.Item));
    }

    /// <summary>The version of an object.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Its resourceVersion.</returns>
    public static string VersionOf(JsonElement item) => Identity(item).Version;

    private static (string Uid, string Version) Identity(JsonElement item)
    {
        var metadata = item.GetProperty("metadata");
        var uid = metadata.TryGetProperty("uid", out var value) ? value.GetString() : null;
        return (uid ?? "", metadata.GetProperty("resourceVersion").GetString() ?? "");
    }

    private Change<T>? Put(JsonElement item, ChangeKind whenNew)
    {
        var (uid, version) = Identity(item);
        var isNew = !_known.TryGetValue(uid, out var before);
        if (!isNew && before.Version == version)
            return null;
        var mapped = map(item);
        _known[uid] = (version, mapped);
        return new(isNew ? whenNew : ChangeKind.Modified, mapped);
    }
}
