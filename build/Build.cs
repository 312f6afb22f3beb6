using Nuke.Common;

/// <summary>The target graph: names, order, descriptions. What a target does lives in src/DifyUpgrade.</summary>
sealed partial class Build : NukeBuild
{
    public static int Main() => Execute<Build>(x => x.DryRun);

    Target ValidateConfigMap => _ => _
        .Description("Checks the prompt files, and that the ConfigMap in the cluster holds exactly them")
        .Executes(() => Run((deployment, token) => deployment.ValidateConfigMapAsync(token)));

    Target RenderTemplate => _ => _
        .Description("Renders the chart and checks which files its workloads will mount")
        .DependsOn(ValidateConfigMap)
        .Executes(() => Run((deployment, token) => deployment.RenderTemplateAsync(token)));

    Target DryRun => _ => _
        .Description("Tries the upgrade on the server without changing anything, and shows what would change")
        .DependsOn(RenderTemplate)
        .Executes(() => Run((deployment, token) => deployment.DryRunAsync(token)));

    Target Upgrade => _ => _
        .Description("Upgrades the release and watches the rollout to its true end")
        .DependsOn(DryRun)
        .Triggers(VerifyMount)
        .Executes(() => Run((deployment, token) => deployment.UpgradeAsync(token)));

    Target VerifyMount => _ => _
        .Description("Reads the mounted files back from every pod and compares them with the prompt files")
        .Executes(() => Run((deployment, token) => deployment.VerifyMountAsync(token)));

    Target Rollback => _ => _
        .Description("Goes back to the last good revision (or --revision N), prompts included, and verifies")
        .Executes(() => Run((deployment, token) => deployment.RollbackAsync(token)));

    Target Repair => _ => _
        .Description("Brings a release that a killed helm left pending back to its last good revision, or marks it failed")
        .Executes(() => Run((deployment, token) => deployment.RepairAsync(token)));

    Target RefreshPrompts => _ => _
        .Description("Writes the prompt files into the ConfigMap, restarts only what mounts it, and verifies")
        .Executes(() => Run((deployment, token) => deployment.RefreshPromptsAsync(token)));

    Target Status => _ => _
        .Description("Shows the history, the pods, and which prompts each pod serves")
        .Executes(() => Run((deployment, token) => deployment.StatusAsync(token)));

    Target NewPrompts => _ => _
        .Description("Writes a starter prompts file with every name that --dify-version imports")
        .Executes(() => Run((deployment, token) => deployment.NewPromptsAsync(token)));

    Target DiffPrompts => _ => _
        .Description("Shows, name by name, how the prompt files differ from what the running pods serve")
        .Executes(() => Run((deployment, token) => deployment.DiffPromptsAsync(token)));

    Target UpdatePromptContract => _ => _
        .Description("Takes a Dify version into the list of imported names, from --dify-checkout or --dify-image")
        .Executes(() => Run((deployment, token) => deployment.UpdatePromptContractAsync(token)));
}
