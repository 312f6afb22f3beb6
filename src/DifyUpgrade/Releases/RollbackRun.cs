using DifyUpgrade.Helm;
using DifyUpgrade.Inspection;
using DifyUpgrade.Mounts;
using DifyUpgrade.Releases.Snapshots;
using DifyUpgrade.Rendering;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Releases;

/// <summary>What a rollback came to.</summary>
/// <param name="From">The revision it left.</param>
/// <param name="To">The revision it went back to.</param>
/// <param name="Revision">The new revision that helm made of it.</param>
/// <param name="PromptsRestored">Whether the ConfigMap was given that revision's prompts.</param>
/// <param name="Proof">The evidence, all proven.</param>
/// <param name="DatabaseNotice">What it does not change back, where the version of Dify differs; null where it does not.</param>
internal sealed record RollbackResult(int From, int To, int Revision, bool PromptsRestored, MountProof Proof, string? DatabaseNotice);

/// <summary>The target <c>Rollback</c>.</summary>
/// <param name="access">The release.</param>
internal sealed class RollbackRun(ReleaseAccess access)
{
    private readonly PromptStore _prompts = new(access);

    /// <summary>Goes back, prompts included, and verifies.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What it came to.</returns>
    public async Task<RollbackResult> RunAsync(CancellationToken cancellation)
    {
        var history = await LiveRelease.HistoryAsync(access, cancellation);
        HistoryTable.Show(access.Log, history, await _prompts.Snapshots.ListAsync(cancellation));
        var choice = RollbackChoice.Of(history, access.Parameters.Revision);
        Announce(choice, history[^1]);
        var notice = await NoticeAsync(choice, history[^1], cancellation);

        var restored = await RestorePromptsAsync(choice, history[^1].Revision, cancellation);
        var files = (await _prompts.ReadAsync(cancellation))?.Files ?? new Dictionary<string, ReadOnlyMemory<byte>>();
        var chart = await LiveRelease.ChartAsync(access, choice.Target.Revision, files.Keys, cancellation);
        var revision = await RollBackAsync(choice, chart, cancellation);

        var expected = files.ToDictionary(file => file.Key, file => ContentHash.Of(file.Value.Span), StringComparer.Ordinal);
        await new StaleRestart(access).RunAsync(chart.Contract, expected, cancellation);
        var proof = await new MountReader(access.Cluster).ReadAsync(chart.Contract, expected, cancellation);
        access.Journal.Add(proof);
        MountReport.MustBeProven(access.Log, proof, $"those of the ConfigMap {access.Parameters.ConfigMapName}", access.Parameters.AllowUnchecked);
        await _prompts.Snapshots.KeepAsync(revision, files, proof.IsProven, cancellation);
        var result = new RollbackResult(history[^1].Revision, choice.Target.Revision, revision, restored, proof, notice);
        access.Journal.Add(result);
        return result;
    }

    private void Announce(RollbackChoice choice, HelmRevision current)
    {
        access.Log.Information(
            "Rolling back from revision {Current} ({Status:l}, {Chart:l}, app {AppVersion:l}) to revision {Target} ({TargetAge:l} old, {TargetChart:l}, app {TargetAppVersion:l}): {Reason:l}",
            current.Revision,
            current.Status,
            current.Chart,
            current.AppVersion,
            choice.Target.Revision,
            AgeText.Of(choice.Target, access.Time.GetUtcNow()),
            choice.Target.Chart,
            choice.Target.AppVersion,
            choice.Reason);
    }

    private async Task<string?> NoticeAsync(RollbackChoice choice, HelmRevision current, CancellationToken cancellation)
    {
        var (from, to) = (await DeployedVersion.OfAsync(access, current, cancellation), await DeployedVersion.OfAsync(access, choice.Target, cancellation));
        if (from == to)
            (from, to) = (current.AppVersion, choice.Target.AppVersion);
        if (from == to)
            return null;

        var notice = $"Dify goes from {from} back to {to}, but a rollback never changes the database back: check that {to} can work with it";
        access.Log.Warning("{Notice:l}", notice);
        return notice;
    }

    private async Task<bool> RestorePromptsAsync(RollbackChoice choice, int current, CancellationToken cancellation)
    {
        var target = choice.Target.Revision;
        var kept = await _prompts.Snapshots.ListAsync(cancellation);
        if (PromptSnapshot.EditedOf(kept, target) is { } edited)
        {
            access.Log.Warning("Prompts revision {Number} belongs to revision {Revision}, but was edited after it was kept, so the ConfigMap stays as it is. See what it holds: ./build.sh Status; take it all the same: ./build.sh RefreshPrompts --prompts-revision {Number}", edited.Number, target, edited.Number);
            return false;
        }

        if (PromptSnapshot.Of(kept, target) is not { } snapshot)
        {
            access.Log.Warning("No prompts were kept for revision {Revision}, so the ConfigMap stays as it is", target);
            return false;
        }

        access.Log.Information(
            snapshot.ProvenFor.Contains(target) ? "Revision {Revision} was proven with prompts revision {Number} ({Files:l})" : "Revision {Revision} was deployed with prompts revision {Number} ({Files:l}), though never proven with it",
            target,
            snapshot.Number,
            snapshot.Shown);
        var live = await _prompts.ReadAsync(cancellation);
        if (ConfigMapComparison.Of(snapshot.Files, live?.Files).IsEqual)
        {
            access.Log.Information("The ConfigMap already holds the prompts of revision {Revision}", target);
            return false;
        }

        await _prompts.WriteAsync(snapshot.Files, current, cancellation);
        return true;
    }

    private async Task<int> RollBackAsync(RollbackChoice choice, RenderedChart chart, CancellationToken cancellation)
    {
        var workloads = PodTemplate.In(chart.Manifests, access.Namespace).Select(template => template.Workload).ToList();
        var rollback = new HelmRollback
        {
            Name = access.Parameters.Release,
            Namespace = access.Namespace,
            Revision = choice.Target.Revision,
            Timeout = access.Parameters.Timeout,
        };
        await access.BeginChangeAsync(cancellation);
        var request = new RolloutRequest
        {
            Change = "helm rollback",
            Workloads = workloads,
            MakeAsync = interrupt => access.Helm.RollbackAsync(rollback, line => access.Log.Information("helm: {Line:l}", line), interrupt),
            Interruptible = false,
        };
        await new Rollout(access).FollowAsync(request, cancellation);
        return (await LiveRelease.HistoryAsync(access, cancellation))[^1].Revision;
    }
}
