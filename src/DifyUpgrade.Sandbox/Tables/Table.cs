using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Routes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Tables;

/// <summary>Objects as the rows that kubectl prints.</summary>
internal static class Table
{
    private static readonly IReadOnlyList<TableColumn> Usual = [TableColumn.ObjectName, TableColumn.Age];

    /// <summary>The <c>meta.k8s.io</c> Table.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="items">The objects.</param>
    /// <param name="metaVersion">The version of <c>meta.k8s.io</c>.</param>
    /// <param name="now">The moment that ages refer to.</param>
    /// <param name="includeObject">What rows carry: <c>None</c>, <c>Metadata</c> or <c>Object</c>.</param>
    public static JsonObject Of(ResourceType type, IEnumerable<StoredObject> items, string metaVersion, DateTimeOffset now, string includeObject)
    {
        var columns = ColumnsOf(type);
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = $"meta.k8s.io/{metaVersion}",
            ["metadata"] = new JsonObject(),
            ["columnDefinitions"] = new JsonArray([.. columns.Select(column => column.Definition())]),
            ["rows"] = new JsonArray([.. items.Select(item => Row(columns, item, now, metaVersion, includeObject))]),
        };
    }

    private static JsonObject Row(IReadOnlyList<TableColumn> columns, StoredObject item, DateTimeOffset now, string metaVersion, string includeObject)
    {
        var row = new JsonObject { ["cells"] = new JsonArray([.. columns.Select(column => column.Cell(item.Body, now))]) };
        if (includeObject != "None")
            row["object"] = includeObject == "Object" ? item.Body.DeepClone() : PartialMetadata.Of(item, metaVersion);
        return row;
    }

    private static IReadOnlyList<TableColumn> ColumnsOf(ResourceType type) =>
        WorkloadColumns.Of(type) ?? ClusterColumns.Of(type) ?? NetworkColumns.Of(type) ?? StorageColumns.Of(type) ?? AccessColumns.Of(type) ?? Usual;
}
