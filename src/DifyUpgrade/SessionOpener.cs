using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;
using DifyUpgrade.Parameters;
using DifyUpgrade.Planning;
using DifyUpgrade.Rendering;
using DifyUpgrade.Reporting;
using Serilog;

namespace DifyUpgrade;

/// <summary>Brings together what the stages work with; everything wrong with the local part is said at once.</summary>
/// <param name="inputs">What was typed.</param>
/// <param name="log">Where lines for people go.</param>
/// <param name="time">The clock.</param>
/// <param name="values">Fetches the values files.</param>
internal sealed class SessionOpener(DeploymentInputs inputs, ILogger log, TimeProvider time, ValuesSource values)
{
    private readonly ChangeMark _changes = new();

    /// <summary>Whether this run has begun to change anything.</summary>
    public bool Changed => _changes.Begun;

    /// <summary>Knows the secrets that this run has met so far.</summary>
    public Redactor Redactor { get; private set; } = Redactor.None;

    /// <summary>Where this run leaves what it saw.</summary>
    public ArtifactFolders Artifacts { get; } = new(inputs.RootFolder);

    /// <summary>What this run saw so far.</summary>
    public RunJournal Journal { get; } = new();

    /// <summary>Reads the local files and renders the chart, without a cluster.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The plan, which knows the chart's secrets too, and the chart.</returns>
    public async Task<(DeploymentPlan Plan, RenderedChart Chart)> OpenLocalAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [];
        var (plan, tool) = await ReadLocalAsync(findings, cancellation);
        log.Report(findings);
        return await RenderAsync(plan, tool!, null, null, cancellation);
    }

    /// <summary>Reads the local files, connects, and renders the chart as the target cluster would have it.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The session.</returns>
    public async Task<DeploymentSession> OpenAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [];
        var (plan, tool) = await ReadLocalAsync(findings, cancellation);
        var target = ResolveTarget(findings);
        log.Report(findings);

        var cluster = ClusterClient.Create(target!, plan.Redactor, time);
        var capabilities = await ReachAsync(cluster, plan.Parameters, cancellation);
        var (known, chart) = await RenderAsync(plan, tool!, target, capabilities, cancellation);
        var access = Connect(known.Parameters, tool!, cluster, known.Redactor);
        return new DeploymentSession(known, chart, access);
    }

    /// <summary>Connects to a release without any of the local files: a rollback must work when they are broken.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The access.</returns>
    public async Task<ReleaseAccess> OpenAccessAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [];
        var parameters = ParameterReader.Read(inputs, findings);
        var tool = await FindHelmAsync(findings, cancellation);
        var target = ResolveTarget(findings);
        log.Report(findings);

        var redactor = PlanReader.ReadRedactor(parameters, await values.FetchAsync(parameters, [], cancellation));
        Redactor = redactor;
        var access = Connect(parameters, tool!, ClusterClient.Create(target!, redactor, time), redactor);
        await ReachAsync(access.Cluster, parameters, cancellation);
        return access;
    }

    /// <summary>Connects to the cluster alone; nothing is asked yet.</summary>
    /// <returns>The cluster.</returns>
    /// <exception cref="DeploymentException">The kubeconfig does not lead to one.</exception>
    public ClusterClient Connect() =>
        ClusterClient.Create(KubeconfigReader.Resolve(inputs.Kubeconfig, inputs.KubeContext, KubeconfigEnvironment.Machine), new Redactor([], []), time);

    /// <summary>Finds helm, or installs it.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The tool.</returns>
    public Task<HelmTool> FindHelmAsync(CancellationToken cancellation) => HelmLocator.FindAsync(
        new HelmSearch { Explicit = inputs.Helm, RootFolder = inputs.RootFolder, ToolsFolder = Path.Combine(inputs.RootFolder, ".nuke", "temp", "tools") },
        log,
        cancellation);

    // helm says its version while the files are read.
    private async Task<(DeploymentPlan Plan, HelmTool? Tool)> ReadLocalAsync(List<Finding> findings, CancellationToken cancellation)
    {
        List<Finding> withHelm = [];
        var tool = FindHelmAsync(withHelm, cancellation);
        var plan = ReadPlanAsync(findings, cancellation);
        await Task.WhenAll(tool, plan);
        findings.AddRange(withHelm);
        return (await plan, await tool);
    }

    private async Task<DeploymentPlan> ReadPlanAsync(List<Finding> findings, CancellationToken cancellation)
    {
        var parameters = ParameterReader.Read(inputs, findings);
        var files = await values.FetchAsync(parameters, findings, cancellation);
        var plan = PlanReader.Read(parameters, files, findings);
        Redactor = plan.Redactor;
        return findings.Any(finding => finding.Severity == Severity.Error) ? plan : plan with { ValuesFiles = [.. files.Select(values.PathOf)] };
    }

    private async Task<HelmTool?> FindHelmAsync(List<Finding> findings, CancellationToken cancellation)
    {
        try
        {
            return await FindHelmAsync(cancellation);
        }
        catch (DeploymentException failure)
        {
            findings.AddRange(failure.Findings);
            return null;
        }
    }

    private ClusterTarget? ResolveTarget(List<Finding> findings)
    {
        try
        {
            return KubeconfigReader.Resolve(inputs.Kubeconfig, inputs.KubeContext, KubeconfigEnvironment.Machine);
        }
        catch (DeploymentException failure)
        {
            findings.AddRange(failure.Findings);
            return null;
        }
    }

    private static async Task<TemplateCapabilities> ReachAsync(ClusterClient cluster, DeploymentParameters parameters, CancellationToken cancellation)
    {
        // At once: each is a round trip or more, and none needs another's answer.
        var version = cluster.ServerVersionAsync(cancellation);
        var exists = NamespaceMayExistAsync(cluster, parameters.Namespace, cancellation);
        var served = cluster.ApiVersionsAsync(cancellation);
        await Task.WhenAll(version, exists, served);
        if (!await exists)
        {
            throw new DeploymentException(ExitCode.NothingChanged, Finding.Error(
                $"There is no namespace '{parameters.Namespace}'",
                cluster.Target.Server,
                $"Check --namespace and --kube-context, or create it: kubectl --context {cluster.Target.Context} create namespace {parameters.Namespace}"));
        }

        return new TemplateCapabilities { KubeVersion = await version, ApiVersions = (await served).Served };
    }

    // Those who may work in a namespace need not be allowed to look at it.
    private static async Task<bool> NamespaceMayExistAsync(ClusterClient cluster, string name, CancellationToken cancellation)
    {
        try
        {
            return await cluster.NamespaceExistsAsync(name, cancellation);
        }
        catch (ClusterException failure) when (failure.Failure == ClusterFailure.Forbidden)
        {
            return true;
        }
    }

    private async Task<(DeploymentPlan Plan, RenderedChart Chart)> RenderAsync(
        DeploymentPlan plan,
        HelmTool tool,
        ClusterTarget? target,
        TemplateCapabilities? capabilities,
        CancellationToken cancellation)
    {
        var helm = new HelmClient(tool, ConnectionOf(target), plan.Redactor, log);
        var text = await helm.TemplateAsync(DeploymentSession.HelmReleaseOf(plan), capabilities, cancellation);
        var keys = new ConfigMapKeys(plan.Parameters.ConfigMapName, [.. plan.PromptFiles.Select(file => file.Key)]);
        var chart = RenderedChart.Read(text, keys, plan.Parameters.Namespace);
        plan.Redactor.Learn(SecretMask.ValuesIn(chart.Manifests));
        return (plan, chart);
    }

    private ReleaseAccess Connect(DeploymentParameters parameters, HelmTool tool, ClusterClient cluster, Redactor redactor)
    {
        var target = cluster.Target;
        log.Information(
            "Release {Release:l} in namespace {Namespace:l} on cluster {Cluster:l} (context {Context:l}, {Server:l}), helm {Helm:l} from {FoundBy:l}",
            parameters.Release,
            parameters.Namespace,
            target.Cluster,
            target.Context,
            target.Server,
            tool.Version.ToString(),
            tool.FoundBy);
        return new ReleaseAccess
        {
            Parameters = parameters,
            Target = target,
            Helm = new HelmClient(tool, ConnectionOf(target), redactor, log),
            Cluster = cluster,
            Log = log,
            Time = time,
            Changes = _changes,
            Journal = Journal,
            Artifacts = Artifacts,
            Redactor = redactor,
            IsLive = Screen.IsLive,
        };
    }

    // The context is passed even where it is the current one: helm must not follow a kubeconfig that changes meanwhile.
    private HelmConnection ConnectionOf(ClusterTarget? target) => new()
    {
        Kubeconfig = target is null ? inputs.Kubeconfig : string.Join(Path.PathSeparator, target.KubeconfigPaths),
        KubeContext = target is { InCluster: false } ? target.Context : null,
    };
}
