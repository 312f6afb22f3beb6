using DifyUpgrade.Inspection;
using DifyUpgrade.Mounts;
using DifyUpgrade.Prompts;
using DifyUpgrade.Releases.Snapshots;
using DifyUpgrade.Rendering;
using DifyUpgrade.Reporting;

namespace DifyUpgrade.Releases;

/// <summary>The target <c>RefreshPrompts</c> with prompts that were kept in place of the local files; it needs none of them.</summary>
/// <param name="access">The release.</param>
internal sealed class PromptRestore(ReleaseAccess access)
{
    private readonly PromptStore _prompts = new(access);

    /// <summary>Brings a prompts revision back, restarts what serves other content, and verifies.</summary>
    /// <param name="number">The prompts revision.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="DeploymentException">There is no such prompts revision, or what is deployed cannot run with it.</exception>
    public async Task<RefreshResult> RunAsync(int number, CancellationToken cancellation)
    {
        var current = (await LiveRelease.HistoryAsync(access, cancellation))[^1];
        var snapshots = await _prompts.Snapshots.ListAsync(cancellation);
        var snapshot = snapshots.FirstOrDefault(one => one.Number == number) ?? throw Unknown(number, snapshots);
        var chart = await LiveRelease.ChartAsync(access, null, snapshot.Files.Keys, cancellation);
        access.Log.Report([.. Check(snapshot, chart.Contract)]);

        access.Log.Information("Bringing back prompts revision {Number}, {Files:l}", number, snapshot.Shown);
        var differs = !ConfigMapComparison.Of(snapshot.Files, (await _prompts.ReadAsync(cancellation))?.Files).IsEqual;
        if (differs)
            await _prompts.WriteAsync(snapshot.Files, current.Revision, cancellation);
        var restarted = await new StaleRestart(access).RunAsync(chart.Contract, snapshot.Sha256, cancellation);
        var proof = await new MountReader(access.Cluster).ReadAsync(chart.Contract, snapshot.Sha256, cancellation);
        access.Journal.Add(proof);
        MountReport.MustBeProven(access.Log, proof, $"those of prompts revision {number}", access.Parameters.AllowUnchecked);
        await _prompts.Snapshots.KeepAsync(current.Revision, snapshot.Files, proof.IsProven, cancellation);
        return new RefreshResult(differs, restarted, proof);
    }

    private static IEnumerable<Finding> Check(PromptSnapshot snapshot, MountContract contract)
    {
        var place = $"prompts revision {snapshot.Number}";
        if (!snapshot.IsIntact)
            yield return Finding.Warning("It was edited after it was kept", place, "./build.sh Status shows what it holds now");
        foreach (var mount in contract.Mounts.Where(mount => mount.Key is { } key && !snapshot.Files.ContainsKey(key)))
            yield return Finding.Error($"It has no key {mount.Key}, which {mount.Workload} mounts", place, "Pick another one: ./build.sh Status");
        foreach (var mount in contract.Mounts.Where(mount => mount.Path == PromptContractCheck.PathInImage).DistinctBy(mount => (mount.Key, mount.Image)))
        {
            if (mount.Key is { } key && snapshot.Files.TryGetValue(key, out var content))
            {
                foreach (var finding in PromptContractCheck.Check($"{place}, {key}", content, PromptCheck.TagOf(mount.Image)))
                    yield return finding;
            }
        }
    }

    private DeploymentException Unknown(int number, IReadOnlyList<PromptSnapshot> snapshots) => new(ExitCode.NothingChanged, Finding.Error(
        $"There is no prompts revision {number}",
        snapshots.Count == 0 ? $"none is kept of configmap/{access.Parameters.ConfigMapName}" : "kept: " + string.Join(", ", snapshots.Select(one => one.Number)),
        "See what each of them holds: ./build.sh Status"));
}
