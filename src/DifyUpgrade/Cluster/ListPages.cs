using System.Text.Json;

namespace DifyUpgrade.Cluster;

/// <summary>Lists objects page by page, so that a namespace of any size costs a bounded answer at a time.</summary>
internal static class ListPages
{
    private const int PageSize = 500;
    private const int MaxRestarts = 3;

    /// <summary>Reads all pages of a list.</summary>
    /// <param name="transport">Where to read.</param>
    /// <param name="source">What to list.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The items and the version a watch can go on from.</returns>
    public static async Task<Listed> ReadAllAsync(ApiTransport transport, ListSource source, CancellationToken cancellation)
    {
        for (var restart = 0; ; restart++)
        {
            try
            {
                return await ReadPagesAsync(transport, source, cancellation);
            }
            catch (ClusterException expired) when (expired.StatusCode == 410 && restart < MaxRestarts)
            {
                // The continue token outlived its snapshot (etcd compaction): only a list from the start is consistent.
            }
        }
    }

    private static async Task<Listed> ReadPagesAsync(ApiTransport transport, ListSource source, CancellationToken cancellation)
    {
        var items = new List<JsonElement>();
        string? next = null;
        while (true)
        {
            var request = ApiRequest.Get(
                source.Path,
                [.. source.Query, ("limit", $"{PageSize}"), ("continue", next)]);
            var page = await transport.ReadAsync<JsonElement>(request, cancellation);
            if (!page.TryGetProperty("items", out var found) || !page.TryGetProperty("metadata", out var metadata))
                throw transport.Failures.Unintelligible(request, "it is no list");
            if (found.ValueKind == JsonValueKind.Array)
                items.AddRange(found.EnumerateArray());
            next = Text(metadata, "continue");
            if (string.IsNullOrEmpty(next))
                return new(items, Text(metadata, "resourceVersion") ?? "");
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>What to list and to watch.</summary>
/// <param name="Path">The collection's path.</param>
/// <param name="LabelSelector">Null for all.</param>
/// <param name="FieldSelector">Null for all.</param>
internal sealed record ListSource(string Path, string? LabelSelector = null, string? FieldSelector = null)
{
    /// <summary>The selectors as query parameters.</summary>
    public IReadOnlyList<(string Name, string? Value)> Query =>
        [("labelSelector", string.IsNullOrEmpty(LabelSelector) ? null : LabelSelector), ("fieldSelector", FieldSelector)];
}

/// <summary>A complete list.</summary>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">The version they were read at.</param>
internal sealed record Listed(IReadOnlyList<JsonElement> Items, string ResourceVersion);
