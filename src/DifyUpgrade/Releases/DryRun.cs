using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;
using DifyUpgrade.Releases.Locking;
using DifyUpgrade.Releases.Repairs;
using DifyUpgrade.Rendering;
using DifyUpgrade.Reporting;

namespace DifyUpgrade.Releases;

/// <summary>What an upgrade would change.</summary>
/// <param name="Changes">A row for each object of the old or the new revision.</param>
internal sealed record DryRunResult(IReadOnlyList<ObjectChange> Changes);

/// <summary>The target <c>DryRun</c>: helm's own dry run, then a server-side one of every object, then the difference.</summary>
/// <param name="session">What it works with.</param>
internal sealed class DryRun(DeploymentSession session)
{
    private const int AtATime = 4;

    private readonly ReleaseAccess _access = session.Access;
    private readonly SecretMask _mask = new();

    /// <summary>Tries the upgrade and shows what would change.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>The changes.</returns>
    public async Task<DryRunResult> RunAsync(CancellationToken cancellation)
    {
        var (history, willRepair) = await new ReleaseRepair(_access).ForeseeAsync(cancellation);
        ReleaseState.MustAllowUpgrade(history, _access.Parameters);

        // Both at once: neither changes anything or needs the other's answer. If both fail, helm's word comes first.
        var tried = willRepair ? Task.FromResult<IReadOnlyList<string>>([]) : TryAsync(cancellation);
        var compared = CompareAsync(history is [.., var newest] ? newest.Revision : null, cancellation);
        await Task.WhenAll(tried, compared);
        foreach (var warning in await tried)
            _access.Log.Warning("helm: {Warning:l}", warning);

        var changes = await compared;
        _access.Journal.Add(changes);
        Show(changes);
        return new DryRunResult(changes);
    }

    private async Task<IReadOnlyList<string>> TryAsync(CancellationToken cancellation)
    {
        try
        {
            return await _access.Helm.DryRunUpgradeAsync(session.Release, _access.Parameters.Install, cancellation);
        }
        catch (HelmException busy) when (busy.Failure == HelmFailure.OperationInProgress)
        {
            await ReleaseLock.WaitUntilFreeAsync(_access, "Upgrade", cancellation);
            return await _access.Helm.DryRunUpgradeAsync(session.Release, _access.Parameters.Install, cancellation);
        }
    }

    // What was read when the run began still counts, unless somebody has made a revision since.
    private async Task<IReadOnlyList<Manifest>> ManifestsAsync(int revision, CancellationToken cancellation) => session.Newest is { } known && known.Revision == revision
        ? known.Manifests
        : ManifestReader.Read(await _access.Helm.ManifestAsync(_access.Parameters.Release, _access.Namespace, revision, cancellation));

    private async Task<IReadOnlyList<ObjectChange>> CompareAsync(int? newest, CancellationToken cancellation)
    {
        List<Manifest> before = newest is { } revision ? [.. (await ManifestsAsync(revision, cancellation)).Where(manifest => !manifest.IsHook)] : [];
        _access.Redactor.Learn(SecretMask.ValuesIn(before));
        List<Manifest> after = [.. session.Chart.ReleaseObjects];
        var old = before.DistinctBy(Identity).ToDictionary(Identity, StringComparer.Ordinal);
        var changes = new ConcurrentDictionary<string, ObjectChange>(StringComparer.Ordinal);
        var refused = new ConcurrentQueue<Finding>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation };
        await Parallel.ForEachAsync(after, options, async (manifest, token) =>
        {
            try
            {
                changes[Identity(manifest)] = await PredictAsync(manifest, old.GetValueOrDefault(Identity(manifest)), token);
            }
            catch (ClusterException failure) when (failure.Failure is ClusterFailure.Invalid or ClusterFailure.Forbidden or ClusterFailure.UnknownKind or ClusterFailure.Conflict)
            {
                refused.Enqueue(Finding.Error(failure.Message, $"{manifest.Identity}, from {manifest.Source}", "Mend the chart or the values, then: ./build.sh DryRun"));
            }
        });
        _access.Log.Report(refused);

        foreach (var manifest in before.Where(manifest => !changes.ContainsKey(Identity(manifest))))
            changes[Identity(manifest)] = await PredictDeletionAsync(manifest, cancellation);
        return [.. after.Concat(before).Select(Identity).Distinct(StringComparer.Ordinal).Select(identity => changes[identity])];
    }

    private async Task<ObjectChange> PredictAsync(Manifest manifest, Manifest? before, CancellationToken cancellation)
    {
        var live = await ReadAsync(manifest, cancellation);
        var predicted = await _access.Cluster.Objects.DryRunApplyAsync(manifest.Body, _access.Namespace, cancellation);
        if (before is not null && live is not null)
            LiveFields.Drop(predicted, before.Body, manifest.Body);
        return ObjectChange.Between(Identity(manifest), Shown(live), Shown(predicted));
    }

    private async Task<ObjectChange> PredictDeletionAsync(Manifest manifest, CancellationToken cancellation)
    {
        var keep = manifest.Body["metadata"]?["annotations"]?["helm.sh/resource-policy"]?.ToString() == "keep";
        var live = await ReadAsync(manifest, cancellation);
        return live is null || keep
            ? new ObjectChange(Identity(manifest), ObjectChangeKind.Unchanged, [])
            : ObjectChange.Between(Identity(manifest), Shown(live), null);
    }

    private Task<JsonObject?> ReadAsync(Manifest manifest, CancellationToken cancellation) => _access.Cluster.Objects.ReadAsync(
        manifest.ApiVersion,
        manifest.Kind,
        manifest.Namespace.Length > 0 ? manifest.Namespace : _access.Namespace,
        manifest.Name,
        cancellation);

    private JsonObject? Shown(JsonObject? body) => body is null ? null : _mask.Apply(LiveFields.Decided(body), session.Plan.Redactor);

    private string Identity(Manifest manifest) => manifest.Namespace.Length > 0 && manifest.Namespace != _access.Namespace ? manifest.Identity : $"{manifest.Kind}/{manifest.Name}";

    private void Show(IReadOnlyList<ObjectChange> changes)
    {
        foreach (var change in changes.Where(change => change.Kind != ObjectChangeKind.Unchanged))
        {
            _access.Log.Information("{Kind:l} {Identity:l}", change.Kind.ToString().ToLowerInvariant(), change.Identity);
            if (change.Kind == ObjectChangeKind.Changed)
                _access.Log.Lines(change.Lines.Select(line => "    " + line));
        }

        _access.Log.Information("The server accepts all {Count} objects: {Summary:l}", changes.Count, string.Join(", ", changes
            .GroupBy(change => change.Kind)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}")));
    }
}
