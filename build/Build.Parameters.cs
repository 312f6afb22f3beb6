using DifyUpgrade.Parameters;
using DifyUpgrade.Planning;
using Nuke.Common;

sealed partial class Build
{
    [Parameter("Helm release")]
    string Release { get; } = "dify";

    [Parameter("Namespace of the release")]
    string Namespace { get; } = "dify";

    [Parameter("Chart folder; relative paths count from the repository root")]
    string Chart { get; } = "charts/dify";

    [Parameter("Values files; a later one wins")]
    string[] ValuesFiles { get; } = ["values-dify.yaml", "values-secrets.yaml", "values-dify-prod.yaml"];

    [Parameter("Prompt files as key=path, each becoming one key of the ConfigMap")]
    string[] PromptFiles { get; } = ["prompts.py=custom-configs/prompts.py"];

    [Parameter("ConfigMap that holds the prompt files")]
    string ConfigMapName { get; } = "dify-prompts";

    [Parameter("Kubeconfig file; without it KUBECONFIG counts, as for kubectl")]
    string? Kubeconfig { get; }

    [Parameter("Kubeconfig context; without it the current one counts")]
    string? KubeContext { get; }

    [Parameter("How long a rollout may take, such as 90s, 10m or 1h30m")]
    string Timeout { get; } = "10m";

    [Parameter("How long to wait for another run that works on the release, such as 5m; without it the run stops at once")]
    string? WaitForLock { get; }

    [Parameter("How long something may stand in a rollout's way that will not heal by itself, such as 10s or 2m")]
    string FailureGrace { get; } = "10s";

    [Parameter("For how many seconds a workload may have fewer ready pods than promised; without it a dip is only reported")]
    double? MaxUnavailableSeconds { get; }

    [Parameter("URL to request through every rollout; failed requests are counted")]
    string? ProbeUrl { get; }

    [Parameter("Let a mounted file pass that could not be read back, as in a distroless container")]
    bool AllowUnchecked { get; }

    [Parameter("Revision to roll back to; without it the last good one")]
    int? Revision { get; }

    [Parameter("Kept prompts that RefreshPrompts brings back in place of the local files; Status lists them")]
    int? PromptsRevision { get; }

    [Parameter("What Upgrade does with a release that a killed helm left pending: it marks that revision failed and goes on; without it it stops", Name = "Repair")]
    bool RepairRelease { get; }

    [Parameter("Go back to the last good revision, prompts included, when the upgrade fails; the evidence is kept first")]
    bool RollbackOnFailure { get; }

    [Parameter("Install the release when it does not exist yet")]
    bool Install { get; }

    [Parameter("What Upgrade does when the ConfigMap is missing or differs: fail or apply")]
    ConfigMapDrift ConfigMapDrift { get; } = ConfigMapDrift.Fail;

    [Parameter("Ask the new image itself, in a short-lived pod, which names it imports from the prompt files")]
    bool ProbeImage { get; }

    [Parameter("Dify version, for NewPrompts and UpdatePromptContract")]
    string? DifyVersion { get; }

    [Parameter("File that NewPrompts writes; without it custom-configs/prompts-<version>.py")]
    string? NewPromptsFile { get; }

    [Parameter("Checkout of Dify that UpdatePromptContract reads")]
    string? DifyCheckout { get; }

    [Parameter("Image that UpdatePromptContract asks, in a short-lived pod, in place of a checkout")]
    string? DifyImage { get; }

    [Parameter("Helm program; without it PATH, then .nuke/temp/tools, then the npm package")]
    string? Helm { get; }

    [Parameter("What to print: text, or json (one line per target on standard output, the log on standard error)")]
    OutputFormat Output { get; } = OutputFormat.Text;

    DeploymentInputs Inputs => new()
    {
        RootFolder = RootDirectory,
        Release = Release,
        Namespace = Namespace,
        Chart = Chart,
        ValuesFiles = ValuesFiles,
        PromptFiles = PromptFiles,
        ConfigMapName = ConfigMapName,
        Timeout = Timeout,
        WaitForLock = WaitForLock,
        Kubeconfig = Sandbox ? SandboxKubeconfig : KubeconfigVariable.FileOr(Kubeconfig, RootDirectory),
        Rehearsal = Sandbox,
        FailureGrace = FailureGrace,
        MaxUnavailableSeconds = MaxUnavailableSeconds,
        ProbeAddress = ProbeUrl,
        AllowUnchecked = AllowUnchecked,
        KubeContext = KubeContext,
        Helm = Helm,
        Revision = Revision,
        PromptsRevision = PromptsRevision,
        Repair = RepairRelease,
        RollbackOnFailure = RollbackOnFailure,
        Install = Install,
        ConfigMapDrift = ConfigMapDrift,
        ProbeImage = ProbeImage,
        DifyVersion = DifyVersion,
        NewPromptsFile = NewPromptsFile,
        DifyCheckout = DifyCheckout,
        DifyImage = DifyImage,
        FollowingTargets = [.. ScheduledTargets.Select(target => target.Name)],
    };
}
