using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;
using DifyUpgrade.Releases;
using DifyUpgrade.Rendering;
using DifyUpgrade.Reporting;

namespace DifyUpgrade.Permissions;

/// <summary>Asks in one batch, before anything is changed, whether a run may do all that it is going to do.</summary>
/// <param name="access">The release.</param>
internal sealed class RightsCheck(ReleaseAccess access)
{
    // https://github.com/kubernetes/kubernetes/pull/134577
    private static readonly Version ExecTakesCreate = new(1, 35);

    // What these do depends on the objects that there are.
    private static readonly string[] NeedingLiveObjects = ["DryRun", "Upgrade", "Rollback", "RefreshPrompts", "Status", "DiffPrompts"];

    /// <summary>Asks.</summary>
    /// <param name="targets">The targets that are going to run.</param>
    /// <param name="rendered">The chart's objects as the local files have them; empty where they are not looked at.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The newest revision, if it was looked at, when all that is necessary is granted.</returns>
    /// <exception cref="DeploymentException">Something is not.</exception>
    public async Task<LiveRevision?> RunAsync(IReadOnlyCollection<string> targets, IReadOnlyList<Manifest> rendered, CancellationToken cancellation)
    {
        var (newest, after) = await ManifestsAsync(targets, rendered, cancellation);
        var chart = new ChartRights(await ObjectsAsync(newest?.Manifests ?? [], cancellation), await ObjectsAsync(after, cancellation));
        var version = await access.Cluster.ServerVersionAsync(cancellation);
        var rights = new NeededRights(access.Parameters, chart, IsFrom(version, ExecTakesCreate)).Of(targets);
        if (rights.Count > 0)
            await AskAsync(rights, cancellation);
        return newest;
    }

    private async Task AskAsync(IReadOnlyList<RunRight> rights, CancellationToken cancellation)
    {
        try
        {
            var denials = await access.Cluster.AccessReviews.CheckAsync([.. rights.Select(right => right.Need)], cancellation);
            access.Log.Report([.. RightsFindings.Of(rights, denials, $"cluster {access.Target.Cluster} (context {access.Target.Context})")]);
        }
        catch (ClusterException silent) when (silent.Failure is ClusterFailure.Forbidden or ClusterFailure.NotFound)
        {
            access.Log.Warning("Which rights are missing cannot be asked beforehand: {Why:l}", silent.Message);
        }
    }

    private async Task<(LiveRevision? Newest, IReadOnlyList<Manifest> After)> ManifestsAsync(IReadOnlyCollection<string> targets, IReadOnlyList<Manifest> rendered, CancellationToken cancellation)
    {
        if (!targets.Any(NeedingLiveObjects.Contains))
            return (null, rendered);
        try
        {
            var newest = await access.Helm.NewestAsync(access.Parameters.Release, access.Namespace, cancellation);
            var before = new LiveRevision(newest.Revision, Read(newest.Text));
            return (before, targets.Contains("Rollback") ? await ChosenAsync(cancellation) : rendered.Count > 0 ? rendered : before.Manifests);
        }
        catch (Exception unknown) when (unknown is HelmException { Failure: HelmFailure.Forbidden or HelmFailure.ReleaseNotFound } or DeploymentException)
        {
            // Then the right to look at releases is among those that are missing; or there is nothing there yet, and the target says so.
            return (null, rendered);
        }
    }

    private async Task<IReadOnlyList<Manifest>> ChosenAsync(CancellationToken cancellation)
    {
        var choice = RollbackChoice.Of(await LiveRelease.HistoryAsync(access, cancellation), access.Parameters.Revision);
        return Read(await access.Helm.ManifestAsync(access.Parameters.Release, access.Namespace, choice.Target.Revision, cancellation));
    }

    private IReadOnlyList<Manifest> Read(string text)
    {
        var manifests = ManifestReader.Read(text);
        access.Redactor.Learn(SecretMask.ValuesIn(manifests));
        return manifests;
    }

    // A kind that the cluster does not serve is the dry run's to tell.
    private async Task<IReadOnlyList<ChartObject>> ObjectsAsync(IReadOnlyList<Manifest> manifests, CancellationToken cancellation)
    {
        List<ChartObject> objects = [];
        foreach (var manifest in manifests)
        {
            if (await access.Cluster.Objects.FindKindAsync(manifest.ApiVersion, manifest.Kind, cancellation) is not { } kind)
                continue;
            var space = !kind.Namespaced ? "" : manifest.Namespace.Length > 0 ? manifest.Namespace : access.Namespace;
            var group = manifest.ApiVersion.Split('/') is [var name, _] ? name : "";
            objects.Add(new ChartObject($"{kind.Resource}.{group}/{space}/{manifest.Name}", group, kind.Resource, space, manifest.IsHook));
        }

        return objects;
    }

    private static bool IsFrom(string version, Version since) =>
        Version.TryParse(string.Join('.', version.TrimStart('v').Split('.', '-', '+').Take(2)), out var seen) && seen >= since;
}
