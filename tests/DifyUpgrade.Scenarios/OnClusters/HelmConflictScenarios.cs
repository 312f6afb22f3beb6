using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>Somebody else, who knows nothing of our lock, is in the way of our helm.</summary>
public abstract class HelmConflictScenarios(TestCluster cluster) : FailingScenario(cluster)
{
    [Fact]
    public async Task An_object_that_is_somebody_elses()
    {
        await AskAsync("create", "configmap", "dify-config");
        var run = await BuildAsync("Upgrade", NewerTag, "--install", "--config-map-drift", "apply", "--skip", "DryRun");
        await MustLeaveEvidenceAsync(run.MustSay("ConfigMap dify-config exists already and is not this release's"));
        Assert.Equal(["helm-conflict"], await CausesAsync());
    }

    [Fact]
    public async Task A_helm_that_is_at_work_when_ours_begins()
    {
        await InstallAsync();
        WriteHelmBefore("upgrade", OtherHelm());
        try
        {
            var run = await BuildAsync("Upgrade", NewerTag, "--helm", Workspace.At("helm"));
            await MustLeaveEvidenceAsync(run.MustSay("The release is pending: another helm is at work on it", "./build.sh Status", "./build.sh Repair"));
            Assert.Equal(["helm-pending"], await CausesAsync());
            Assert.Equal(["1 deployed", "2 pending-upgrade"], await RevisionsAsync());
        }
        finally
        {
            using var other = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Workspace.At("other-helm"), TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
            other.Kill();
        }
    }

    [Fact]
    public async Task A_helm_that_stores_the_same_revision_first()
    {
        await InstallAsync();

        // Without labels, ours does not see it when it reads the history: as if it had come between reading and storing.
        await AskAsync("create", "secret", "generic", "sh.helm.release.v1.dify.v2");
        var run = await BuildAsync("Upgrade", NewerTag);
        await MustLeaveEvidenceAsync(run.MustSay("Two upgrades ran at once and the other one won", "./build.sh Status"));
        Assert.Equal(["helm-conflict"], await CausesAsync());
    }

    /// <summary>Puts a helm in place that first does something else.</summary>
    private void WriteHelmBefore(string command, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for helm is a shell script");
        Workspace.WriteScript("helm", $$"""
            case " $* " in
            *" --dry-run"*) ;;
            *" {{command}} "*)
            {{script}}
            ;;
            esac
            exec "{{TestSettings.Helm ?? "helm"}}" "$@"
            """);
    }

    // It waits for a pod that no node takes, so it is at work until it is told otherwise.
    private string OtherHelm()
    {
        var cluster = $"--kubeconfig '{Cluster.Kubeconfig}' -n {Namespace}";
        return $$"""
            "{{TestSettings.Helm ?? "helm"}}" upgrade dify '{{Workspace.At("charts/dify")}}' --reuse-values --set worker.nodeSelector.there-is=no-such-node --wait {{cluster}} --kube-context {{Cluster.Context}} </dev/null >/dev/null 2>&1 &
            echo $! >'{{Workspace.At("other-helm")}}'
            while kill -0 $! && ! kubectl {{cluster}} --context {{Cluster.Context}} get secret sh.helm.release.v1.dify.v2; do :; done >/dev/null 2>&1
            """;
    }
}

/// <summary>Helm 3 sends patches that no server refuses as outdated; on the sandbox one may be refused all the same, as helm 4's are.</summary>
public sealed class HelmConflictOnSandbox() : HelmConflictScenarios(TestCluster.Sandbox)
{
    [Fact]
    public async Task An_object_that_somebody_else_changes_meanwhile()
    {
        const string Said = "Operation cannot be fulfilled on deployments.apps \"dify-api\": the object has been modified; please apply your changes to the latest version and try again";
        await InstallAsync();
        Workspace.Write("fault.json", JsonSerializer.Serialize(new { id = Namespace, kind = "status", status = 409, method = "PATCH", path = $"/apis/apps/v1/namespaces/{Namespace}/deployments/dify-api", message = Said }));
        await AskAsync("create", "--raw", "/sandbox/faults", "-f", Workspace.At("fault.json"));
        try
        {
            var run = await BuildAsync("Upgrade", NewerTag, "--skip", "DryRun");
            await MustLeaveEvidenceAsync(run.MustSay("Somebody else changed an object while helm was about to: Operation cannot be fulfilled", "--show-managed-fields"));
            Assert.Equal(["helm-conflict"], await CausesAsync());
        }
        finally
        {
            await AskAsync("delete", "--raw", "/sandbox/faults?id=" + Namespace);
        }
    }
}
