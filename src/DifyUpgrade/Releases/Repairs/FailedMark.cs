using System.Globalization;
using System.Text.Json.Nodes;
using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;

namespace DifyUpgrade.Releases.Repairs;

/// <summary>Marks an abandoned revision failed in helm's own store, as helm does when it is interrupted; a copy of what was there is kept.</summary>
/// <param name="access">The release.</param>
internal sealed class FailedMark(ReleaseAccess access)
{
    private const int MostCopies = 3;
    private const string CopyLabel = "dify-upgrade/replaced-revision";

    /// <summary>Marks it.</summary>
    /// <param name="abandoned">The revision, and why nobody is at work on it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The name of the Secret with the copy.</returns>
    /// <exception cref="DeploymentException">helm keeps its revisions elsewhere, or wrote it just now.</exception>
    public async Task<string> SetAsync(PendingVerdict abandoned, CancellationToken cancellation)
    {
        var pending = abandoned.Revision;
        var name = StoredRevision.NameOf(access.Parameters.Release, pending.Revision);
        var stored = await access.Cluster.Secrets.ReadAsync(access.Namespace, name, cancellation)
            ?? throw Failure("helm keeps its revisions elsewhere, so this one cannot be marked failed", name, "Go back to the last good revision: ./build.sh Rollback");
        if (StoredRevision.StatusOf(stored) != pending.Status)
            throw Failure($"It is no longer {pending.Status} but {StoredRevision.StatusOf(stored)}: helm is at work after all", name, "./build.sh Status");

        var wanted = (JsonObject)stored.DeepClone();
        try
        {
            StoredRevision.MarkFailed(wanted, $"Release \"{access.Parameters.Release}\" failed: helm was killed and left it {pending.Status}");
        }
        catch (FormatException unknown)
        {
            throw Failure($"helm keeps the revision in an unknown form: {unknown.Message}", name, "Go back to the last good revision: ./build.sh Rollback");
        }

        await access.BeginChangeAsync(cancellation);
        var copy = await KeepAsync(stored, pending, cancellation);
        try
        {
            await access.Cluster.Secrets.WriteAsync(wanted, cancellation);
        }
        catch (ClusterException changed) when (changed.Failure == ClusterFailure.Conflict)
        {
            throw Failure("It was changed just now: helm is at work after all", name, "./build.sh Status");
        }

        access.Log.Warning("Revision {Revision} is marked failed ({Why:l}); what helm had stored is kept in secret/{Copy:l}", pending.Revision, abandoned.Why, copy);
        return copy;
    }

    // Without helm's labels and type, so that helm does not take it for one of its own.
    private async Task<string> KeepAsync(JsonObject stored, HelmRevision pending, CancellationToken cancellation)
    {
        var name = $"dify-upgrade.{access.Parameters.Release}.v{pending.Revision}.replaced";
        var earlier = await access.Cluster.Secrets.ReadAsync(access.Namespace, name, cancellation);
        await access.Cluster.Secrets.WriteAsync(
            new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Secret",
                ["type"] = "Opaque",
                ["metadata"] = new JsonObject
                {
                    ["name"] = name,
                    ["namespace"] = access.Namespace,
                    ["resourceVersion"] = earlier?["metadata"]?["resourceVersion"]?.DeepClone(),
                    ["labels"] = new JsonObject { [ReleaseLabel.Name] = access.Parameters.Release, [CopyLabel] = pending.Revision.ToString(CultureInfo.InvariantCulture) },
                    ["annotations"] = new JsonObject { ["dify-upgrade/status"] = pending.Status, ["dify-upgrade/replaced-at"] = access.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) },
                },
                ["data"] = stored["data"]?.DeepClone(),
            },
            cancellation);
        var copies = await access.Cluster.Secrets.NamesAsync(access.Namespace, $"{ReleaseLabel.Name}={access.Parameters.Release},{CopyLabel}", cancellation);
        foreach (var old in copies.Where(copy => copy != name).SkipLast(MostCopies - 1))
            await access.Cluster.Secrets.DeleteAsync(access.Namespace, old, cancellation);
        return name;
    }

    private DeploymentException Failure(string seen, string secret, string remedy) =>
        new(access.Changes.Begun ? ExitCode.DeploymentFailed : ExitCode.NothingChanged, Finding.Error(seen, $"secret/{secret} in namespace {access.Namespace}", remedy));
}
