using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;
using DifyUpgrade.Parameters;
using DifyUpgrade.Planning;
using DifyUpgrade.Releases.Locking;
using DifyUpgrade.Rendering;
using DifyUpgrade.Reporting;
using Serilog;

namespace DifyUpgrade;

/// <summary>What a stage needs to work on a release: its parameters, helm and the cluster.</summary>
internal sealed record ReleaseAccess
{
    /// <summary>The checked parameters.</summary>
    public required DeploymentParameters Parameters { get; init; }

    /// <summary>The cluster as the kubeconfig names it.</summary>
    public required ClusterTarget Target { get; init; }

    /// <summary>Helm, with the redactor that knows the run's secrets.</summary>
    public required HelmClient Helm { get; init; }

    /// <summary>The cluster, with the same redactor.</summary>
    public required ClusterClient Cluster { get; init; }

    /// <summary>Where lines for people go.</summary>
    public required ILogger Log { get; init; }

    /// <summary>Whether this run has begun to change anything.</summary>
    public required ChangeMark Changes { get; init; }

    /// <summary>Held while this run may change the release; null in a run that only reads.</summary>
    public ReleaseLock? Lock { get; init; }

    /// <summary>What this run saw, for the diagnosis and the report.</summary>
    public required RunJournal Journal { get; init; }

    /// <summary>Where this run leaves what it saw.</summary>
    public required ArtifactFolders Artifacts { get; init; }

    /// <summary>Takes the run's secrets out of texts that come by another way than helm and the cluster.</summary>
    public required Redactor Redactor { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Whether rollouts are drawn on a terminal while they go on, in place of a line for each change.</summary>
    public bool IsLive { get; init; }

    /// <summary>The release's namespace.</summary>
    public string Namespace => Parameters.Namespace;

    /// <summary>Called right before each change.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="DeploymentException">The lock was lost, so nothing may be changed any more.</exception>
    public async Task BeginChangeAsync(CancellationToken cancellation)
    {
        if (Lock is not null)
            await Lock.MustBeHeldAsync(cancellation);
        Changes.Begin();
    }
}

/// <summary>What a stage needs that works from the local files: the plan, the rendered chart and the release.</summary>
/// <param name="Plan">The local files.</param>
/// <param name="Chart">The chart as it renders for the target cluster.</param>
/// <param name="Access">The release.</param>
internal sealed record DeploymentSession(DeploymentPlan Plan, RenderedChart Chart, ReleaseAccess Access)
{
    /// <summary>The newest revision when the run began; null when there was none, or nobody had to know.</summary>
    public LiveRevision? Newest { get; init; }

    /// <summary>The release as helm is told it.</summary>
    public HelmRelease Release => HelmReleaseOf(Plan);

    /// <summary>The release as helm is told it.</summary>
    /// <param name="plan">Names chart and values files.</param>
    /// <returns>Helm's view of it.</returns>
    public static HelmRelease HelmReleaseOf(DeploymentPlan plan) => new()
    {
        Name = plan.Parameters.Release,
        Namespace = plan.Parameters.Namespace,
        Chart = plan.Parameters.Chart,
        ValuesFiles = plan.ValuesFiles,
    };
}

/// <summary>A revision that is in the cluster.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Manifests">Its manifests, hooks among them.</param>
internal sealed record LiveRevision(int Revision, IReadOnlyList<Manifest> Manifests);

/// <summary>Remembers whether a run has begun to change anything: it decides between exit codes 1 and 2.</summary>
internal sealed class ChangeMark
{
    /// <summary>Whether something was, or may have been, changed.</summary>
    public bool Begun { get; private set; }

    /// <summary>Called right before the first write.</summary>
    public void Begin() => Begun = true;
}
