using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Serilog;

/// <summary>The project's own tests.</summary>
sealed partial class Build
{
    AbsolutePath TestResults => RootDirectory / "artifacts" / "tests";

    AbsolutePath ClusterScript => RootDirectory / "tests" / "cluster" / "cluster";

    AbsolutePath TestClusterFolder => (AbsolutePath)Path.GetTempPath() / "dify-upgrade-cluster";

    // The solution's build makes the program once more; what the scenarios start is this one.
    Target CompileTests => _ => _
        .Unlisted()
        .Executes(() => Environment.SetEnvironmentVariable("DIFY_UPGRADE_BUILD_PROGRAM", typeof(Build).Assembly.Location))
        .Executes(() => Start("dotnet", $"build \"{RootDirectory / "DifyUpgrade.slnx"}\" --nologo --verbosity quiet -nodeReuse:false"))
        .Executes(() => Run(async (deployment, token) => Environment.SetEnvironmentVariable("HELM", await deployment.FindHelmAsync(token))));

    Target Test => _ => _
        .Description("Runs every test that needs no cluster")
        .DependsOn(CompileTests)
        .Produces(TestResults / "*.xml")
        .Executes(
            () => RunTests("Nuke.Embedded.Tests"),
            () => RunTests("DifyUpgrade.Tests", "-class- *OnKubernetes*"),
            () => RunTests("DifyUpgrade.Sandbox.Tests", "-trait- Needs=Kubernetes"),
            () => RunTests("DifyUpgrade.Scenarios", "-trait- Needs=Kubernetes"));

    Target TestClusterUp => _ => _
        .Unlisted()
        .DependsOn(CompileTests)
        .OnlyWhenDynamic(() => KubeContext == null)
        .Executes(
            () => Start(ClusterScript, "up"),
            () => Start(ClusterScript, "image langgenius/dify-api:1.11.4 langgenius/dify-api:1.12.1 langgenius/dify-web:1.12.1"));

    Target TestOnKubernetes => _ => _
        .Description("Starts a real Kubernetes (or takes --kube-context), runs the scenarios on it, stops it again")
        .DependsOn(TestClusterUp)
        .Triggers(TestClusterDown)
        .Executes(
            NameTestCluster,
            () => RunTests("DifyUpgrade.Tests", "-class *OnKubernetes*"),
            () => RunTests("DifyUpgrade.Sandbox.Tests", "-trait Needs=Kubernetes"),
            () => RunTests("DifyUpgrade.Scenarios", "-trait Needs=Kubernetes"));

    Target TestClusterDown => _ => _
        .Unlisted()
        .AssuredAfterFailure()
        .OnlyWhenDynamic(() => KubeContext == null)
        .Executes(() => Start(ClusterScript, "down"));

    // A cluster is only written to when it was named for that: never the one that happens to be current.
    private void NameTestCluster()
    {
        var own = TestClusterFolder / "kubeconfig";
        Environment.SetEnvironmentVariable("DIFY_UPGRADE_TEST_KUBECONFIG", KubeContext == null ? own : Kubeconfig);
        Environment.SetEnvironmentVariable("DIFY_UPGRADE_TEST_CONTEXT", KubeContext ?? "dify-upgrade-test");
    }

    private void RunTests(string project, string filter = "")
    {
        TestResults.CreateDirectory();
        var program = RootDirectory / "tests" / project / "bin" / "Debug" / "net10.0" / $"{project}.dll";
        var results = TestResults / $"{project}{(filter.StartsWith("-class ") || filter.StartsWith("-trait ") ? ".OnKubernetes" : "")}.xml";
        Start("dotnet", $"\"{program}\" -noColor -noLogo -result-xml \"{results}\" {filter}");
    }

    private static void Start(string tool, string arguments) => ProcessTasks
        .StartProcess(tool, arguments, logger: (_, line) => Log.Information("{Line:l}", line))
        .AssertZeroExitCode();
}
