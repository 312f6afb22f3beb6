using System.Text.Json.Nodes;

namespace DifyUpgrade.Cluster;

/// <summary>Asks the server what it would make of a manifest; nothing is stored.</summary>
/// <param name="transport">The cluster.</param>
internal sealed class DryRuns(ApiTransport transport)
{
    private static readonly IReadOnlyList<(string Name, string? Value)> Common =
        [("fieldManager", ApiRequest.FieldManager), ("dryRun", "All"), ("fieldValidation", "Strict")];

    /// <summary>Asks.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="path">The path of the object it describes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The object with the server's defaults, without managedFields.</returns>
    public async Task<JsonObject> ApplyAsync(JsonObject manifest, string path, CancellationToken cancellation)
    {
        var request = new ApiRequest
        {
            Method = HttpMethod.Patch,
            Path = path,

            // Servers before 1.25 do not know fieldValidation and ignore it.
            Query = [.. Common, ("force", "true")],
            Body = ApiJson.Write(manifest),
            ContentType = "application/apply-patch+yaml",
            Repeatable = true,
            Sensitive = manifest["kind"]?.ToString() == "Secret",
        };
        var stored = await ApplyOrMergeAsync(request, cancellation);
        (stored["metadata"] as JsonObject)?.Remove("managedFields");
        return stored;
    }

    // Before 1.21 server-side apply refuses ports that leave the protocol to its default, which charts commonly do and
    // helm, which merges, has no trouble with: then ask for the merge. See kubernetes/kubernetes#92332.
    private async Task<JsonObject> ApplyOrMergeAsync(ApiRequest apply, CancellationToken cancellation)
    {
        try
        {
            return await transport.ReadAsync<JsonObject>(apply, cancellation);
        }
        catch (ClusterException old) when (old.LacksApplyDefaults)
        {
            var read = ApiRequest.Get(apply.Path) with { Sensitive = apply.Sensitive };
            var exists = await transport.FindAsync<JsonObject>(read, cancellation) is not null;
            var request = exists
                ? apply with { Query = Common, ContentType = "application/strategic-merge-patch+json" }
                : apply with { Query = Common, ContentType = "application/json", Method = HttpMethod.Post, Path = CollectionOf(apply.Path) };
            return await transport.ReadAsync<JsonObject>(request, cancellation);
        }
    }

    private static string CollectionOf(string path) => path[..path.LastIndexOf('/')];
}
