using DifyUpgrade.Helm;
using DifyUpgrade.Parameters;
using DifyUpgrade.Reporting;
using DifyUpgrade.Tests.Cluster;
using Serilog;

namespace DifyUpgrade.Tests.Releases;

/// <summary>A release named dify in a namespace named dify, behind a scripted API server.</summary>
internal static class TestRelease
{
    public static ReleaseAccess Access(ScriptedApi api, TimeProvider clock, string helm = "helm")
    {
        var cluster = api.Client(time: clock);
        var log = new LoggerConfiguration().CreateLogger();
        return new ReleaseAccess
        {
            Parameters = ParameterReader.Read(
                new DeploymentInputs { RootFolder = "/", Release = "dify", Namespace = "dify", Chart = "chart", ValuesFiles = [], PromptFiles = ["a=b"], ConfigMapName = "dify-prompts", Timeout = "10m" },
                []),
            Target = cluster.Target,
            Helm = new HelmClient(new HelmTool(helm, HelmVersion.Minimum, "test"), new HelmConnection { Kubeconfig = null, KubeContext = null }, Redactor.None, log),
            Cluster = cluster,
            Log = log,
            Changes = new ChangeMark(),
            Journal = new RunJournal(),
            Artifacts = new ArtifactFolders("/"),
            Redactor = Redactor.None,
            Time = clock,
        };
    }
}
