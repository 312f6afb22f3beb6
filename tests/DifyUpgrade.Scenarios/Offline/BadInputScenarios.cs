using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Offline;

/// <summary>What needs no cluster to be found wrong: exit code 2, one block, a remedy.</summary>
public sealed class BadInputScenarios : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Everything_wrong_is_said_at_once()
    {
        File.Delete(_workspace.At("values-secrets.yaml"));
        _workspace.Write("values-secrets.example.yaml", "a: b");
        _workspace.Write("values-dify-prod.yaml", "api:\n  replicas: [1\n");
        _workspace.Write("custom-configs/prompts.py", "");
        File.Delete(_workspace.At("charts/dify/Chart.yaml"));

        (await RunAsync("Upgrade", "--timeout", "ten", "--kubeconfig", "/no/such/kubeconfig")).MustExitWith(2).MustSay(
            "This values file does not exist",
            "cp values-secrets.example.yaml values-secrets.yaml",
            "This values file is not YAML",
            "values-dify-prod.yaml:3:",
            "This prompt file is empty",
            "This folder holds no Chart.yaml",
            "'ten' is not a duration",
            "/no/such/kubeconfig");
    }

    [Theory]
    [InlineData("Upgrad", "Unknown target Upgrad", "Did you mean Upgrade?")]
    [InlineData("Upgrade --tmeout 5m", "Unknown parameter --tmeout", "Did you mean --timeout?")]
    [InlineData("Upgrade --config-map-drift maybe", "maybe", "Fail, Apply")]
    [InlineData("Rollback --revision x", "x", "--revision")]
    [InlineData("Upgrade --prompt-files a/b=custom-configs/prompts.py", "'a/b' is not a ConfigMap key", "--prompt-files")]
    [InlineData("Upgrade --prompt-files k=custom-configs/prompts.py k=values-dify.yaml", "2 files are given for the key 'k'", "--prompt-files")]
    [InlineData("Upgrade --prompt-files prompts.py=nowhere.py", "This prompt file does not exist", "nowhere.py")]
    [InlineData("Upgrade --helm nowhere/helm", "there is no such file", "--helm")]
    [InlineData("Upgrade --sandbox --kube-context prod", "A rehearsal has a cluster of its own, and a context names another", "--sandbox, --kube-context", "Leave one of them out")]
    [InlineData("Upgrade --release Dify", "'Dify' is not a name", "--release")]
    public async Task A_wrong_word_on_the_command_line_is_named_with_the_right_one(string arguments, params string[] said)
    {
        var run = await RunAsync(arguments.Split(' '));
        run.MustExitWith(2).MustSay(said);
    }

    [Fact]
    public async Task A_prompt_file_over_the_limit_or_not_in_UTF8_is_refused()
    {
        _workspace.Write("big.py", new string('#', 1_048_577));
        await File.WriteAllBytesAsync(_workspace.At("latin.py"), [(byte)'a', 0xE4, (byte)'\n'], TestContext.Current.CancellationToken);
        (await RunAsync("ValidateConfigMap", "--prompt-files", "big.py", "latin.py")).MustExitWith(2).MustSay("1,048,577 bytes", "is not UTF-8 (first bad byte at offset 1)");
    }

    [Fact]
    public async Task A_missing_chart_dependency_is_named_with_the_command_that_fetches_it()
    {
        await File.AppendAllTextAsync(_workspace.At("charts/dify/Chart.yaml"), "\ndependencies:\n  - name: redis\n    version: 1.0.0\n    repository: https://charts.example.internal\n", TestContext.Current.CancellationToken);
        (await RunAsync("Upgrade")).MustExitWith(2).MustSay("The chart depends on redis", "helm dependency build charts/dify");
    }

    [Theory]
    [InlineData("v3.9.4+gabc", "3.9.4")]
    [InlineData("hello", "not helm")]
    public async Task A_helm_that_cannot_serve_is_named_with_its_path(string version, string said)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in helm is a shell script");
        _workspace.WriteScript("helm", "echo " + version);
        (await Run.OfAsync(_workspace.Build("Upgrade", "--helm", _workspace.At("helm")))).MustExitWith(2).MustSay(said, _workspace.At("helm"));
    }

    [Theory]
    [InlineData("not: [yaml", "line 2, column 1")]
    [InlineData("apiVersion: v1\nkind: Config\ncurrent-context: c\n", "c")]
    public async Task A_broken_kubeconfig_is_named_with_the_place(string kubeconfig, string said)
    {
        _workspace.Write("kubeconfig", kubeconfig);
        (await RunAsync("Status", "--kubeconfig", _workspace.At("kubeconfig"))).MustExitWith(2).MustSay(_workspace.At("kubeconfig"), said);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_unreachable_and_nothing_else()
    {
        _workspace.Write("kubeconfig", Unreachable);
        (await RunAsync("Upgrade", "--kubeconfig", _workspace.At("kubeconfig"))).MustExitWith(2).MustSay("127.0.0.1:1", "kubectl cluster-info").MustNotSay("does not exist", Workspace.Canary);
    }

    private const string Unreachable = """
        apiVersion: v1
        kind: Config
        current-context: dead
        clusters: [{name: dead, cluster: {server: "https://127.0.0.1:1"}}]
        users: [{name: me, user: {token: nobody}}]
        contexts: [{name: dead, context: {cluster: dead, user: me}}]
        """;

    private Task<Run> RunAsync(params string[] arguments) => Run.OfAsync(_workspace.Build(arguments));
}
