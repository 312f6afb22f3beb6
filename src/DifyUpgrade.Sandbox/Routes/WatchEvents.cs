using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;
using DifyUpgrade.Sandbox.Tables;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Turns changes of the store into what a watch shows of them.</summary>
/// <param name="selection">What is watched.</param>
/// <param name="shape">How objects are to be shown.</param>
/// <param name="time">For the ages in tables.</param>
/// <param name="includeObject">What table rows carry.</param>
internal sealed class WatchEvents(Selection selection, Representation shape, TimeProvider time, string includeObject)
{
    private bool _hasColumns;

    /// <summary>The change as this watch sees it: what begins to match is new to it, what ceases to match is gone.</summary>
    /// <returns>Null where it does not concern this watch.</returns>
    public string? KindOf(StoreEvent change)
    {
        var before = change.Previous is not null && selection.Matches(change.Previous);
        var after = change.Kind != StoreEventKind.Deleted && selection.Matches(change.Object);
        return (before, after) switch
        {
            (false, true) => "ADDED",
            (true, true) => "MODIFIED",
            (true, false) => "DELETED",
            _ => null,
        };
    }

    /// <summary>The object in the shape that was asked for.</summary>
    public ReadOnlyMemory<byte> Show(StoredObject item)
    {
        if (shape.Shape == Shape.Whole)
            return item.Utf8;
        return (shape.Shape == Shape.Table ? Row(item) : PartialMetadata.Of(item, shape.MetaVersion)).Utf8();
    }

    /// <summary>An object that says no more than a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="annotations">What else it says; null for nothing.</param>
    public JsonObject Bookmark(long version, JsonObject? annotations)
    {
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(), ["creationTimestamp"] = null };
        if (annotations is not null)
            metadata["annotations"] = annotations;
        return shape.Shape switch
        {
            Shape.Whole => new JsonObject { ["kind"] = selection.Type.Kind, ["apiVersion"] = selection.Type.ApiVersion, ["metadata"] = metadata },
            Shape.Metadata => new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = $"meta.k8s.io/{shape.MetaVersion}", ["metadata"] = metadata },
            _ => new JsonObject { ["kind"] = "Table", ["apiVersion"] = $"meta.k8s.io/{shape.MetaVersion}", ["metadata"] = metadata, ["columnDefinitions"] = null, ["rows"] = new JsonArray() },
        };
    }

    // kubectl keeps the columns of the first event; the real server does not repeat them either.
    private JsonObject Row(StoredObject item)
    {
        var table = Table.Of(selection.Type, [item], shape.MetaVersion, time.GetUtcNow(), includeObject);
        table["metadata"] = new JsonObject { ["resourceVersion"] = item.Version.ToString() };
        if (_hasColumns)
            table["columnDefinitions"] = null;
        _hasColumns = true;
        return table;
    }
}
