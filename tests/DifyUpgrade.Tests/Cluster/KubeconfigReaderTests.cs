using DifyUpgrade.Cluster;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class KubeconfigReaderTests : IDisposable
{
    private const string Staging = """
        apiVersion: v1
        kind: Config
        current-context: staging
        contexts:
        - {name: staging, context: {cluster: east, user: deployer, namespace: dify}}
        - {name: broken, context: {cluster: nowhere, user: nobody}}
        clusters:
        - {name: east, cluster: {server: "https://user:hunter2@east.example:6443"}}
        users:
        - {name: deployer, user: {token: secret-token}}
        """;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("kubeconfig");
    private readonly Dictionary<string, string> _variables = [];

    private KubeconfigEnvironment Environment => new()
    {
        Variable = name => _variables.GetValueOrDefault(name),
        HomeDirectory = _home.FullName,
        PathSeparator = ':',
        InCluster = () => _variables.ContainsKey("KUBERNETES_SERVICE_HOST"),
    };

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void The_parameter_wins_over_the_variable_and_the_usual_file()
    {
        Write(".kube/config", Renamed("usual"));
        _variables["KUBECONFIG"] = Write("variable", Renamed("variable"));

        Assert.Equal("parameter", Resolve(Write("parameter", Renamed("parameter"))).Context);
        Assert.Equal("variable", Resolve(null).Context);
        _variables.Clear();
        Assert.Equal("usual", Resolve(null).Context);
    }

    [Fact]
    public void It_describes_the_target_without_credentials()
    {
        var path = Write("config", Staging);
        var target = Resolve(path);

        Assert.Equal(("staging", "east", "https://east.example:6443/", "deployer", "dify"), (target.Context, target.Cluster, target.Server, target.User, target.Namespace));
        Assert.Equal([path], target.KubeconfigPaths);
        Assert.DoesNotContain("hunter2", target.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tilde_stands_for_the_home_folder()
    {
        Write("clusters/one", Staging);
        Assert.Equal("staging", Resolve("~/clusters/one").Context);
    }

    [Fact]
    public void Of_a_list_the_first_file_with_a_name_wins_and_missing_files_are_skipped()
    {
        var first = Write("first", Renamed("first"));
        var second = Write("second", Staging.Replace("https://user:hunter2@east.example", "https://other.example", StringComparison.Ordinal));
        var target = Resolve($"{first}:{Path.Combine(_home.FullName, "absent")}:{second}", "staging");

        Assert.Equal("https://east.example:6443/", target.Server);
        Assert.Equal([first, second], target.KubeconfigPaths);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var finding = Failure(() => Resolve("/no/such/config"));
        Assert.Equal("/no/such/config", finding.Where);
        Assert.Equal("the kubeconfig named by the kubeconfig parameter does not exist", finding.Seen);
    }

    [Fact]
    public void No_kubeconfig_at_all_names_the_usual_place() =>
        Assert.Equal(Path.Combine(_home.FullName, ".kube", "config"), Failure(() => Resolve(null)).Where);

    [Theory]
    [InlineData("apiVersion: v1\nusers:\n- name: a\n  user: {token: secret-token\ncontexts: [}\n", 4)]
    [InlineData("apiVersion: v1\nusers:\n- name: a\n  user: \"secret-token\n", 4)]
    [InlineData("apiVersion: v1\nusers:\n- name: a\n  user: [}\n", 4)]
    public void Broken_yaml_is_shown_by_line_and_column(string text, int line)
    {
        var path = Write("config", text);
        var finding = Failure(() => Resolve(path));
        Assert.StartsWith($"{path}, line {line}, column ", finding.Where, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_not_quoted()
    {
        var path = Write("config", "apiVersion: v1\nusers: secret-token\n");
        Assert.DoesNotContain("secret-token", Failure(() => Resolve(path)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_told_as_empty() =>
        Assert.Equal("the kubeconfig is empty", Failure(() => Resolve(Write("config", ""))).Seen);

    [Fact]
    public void An_unknown_context_lists_those_there_are()
    {
        var finding = Failure(() => Resolve(Write("config", Staging), "production"));
        Assert.Equal("the kubeconfig has no context \"production\"", finding.Seen);
        Assert.Equal("use one of: broken, staging", finding.Remedy);
    }

    [Fact]
    public void No_current_context_lists_those_there_are()
    {
        var path = Write("config", Staging.Replace("current-context: staging\n", "", StringComparison.Ordinal));
        Assert.Equal("use one of: broken, staging", Failure(() => Resolve(path)).Remedy);
    }

    [Fact]
    public void All_that_a_context_lacks_is_told_at_once()
    {
        var failure = Assert.Throws<DeploymentException>(() => Resolve(Write("config", Staging), "broken"));
        Assert.Equal(ExitCode.NothingChanged, failure.ExitCode);
        Assert.Equal(
            ["the context names the cluster \"nowhere\", which is not there", "the context names the user \"nobody\", which is not there"],
            failure.Findings.Select(finding => finding.Seen));
    }

    [Fact]
    public void In_a_pod_the_service_account_serves()
    {
        _variables["KUBERNETES_SERVICE_HOST"] = "fd00::1";
        _variables["KUBERNETES_SERVICE_PORT"] = "443";
        var target = Resolve(null);
        Assert.True(target.InCluster);
        Assert.Equal(("in-cluster", "https://[fd00::1]:443/"), (target.Context, target.Server));
        Assert.Contains("only the pod's service account", Failure(() => Resolve(null, "staging")).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_credential_plugin_names_its_command_and_no_secret()
    {
        var path = Write("config", Staging.Replace(
            "{token: secret-token}",
            "{exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, args: [--password, hunter2], env: [{name: KEY, value: hunter3}]}}",
            StringComparison.Ordinal));
        var finding = Failure(() => ClusterClient.Create(Resolve(path), Redactor.None, TimeProvider.System).Dispose());
        Assert.Contains("`no-such-plugin`", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", finding.ToString(), StringComparison.Ordinal);
    }

    private static Finding Failure(Action action) => Assert.Single(Assert.Throws<DeploymentException>(action).Findings);

    private static string Renamed(string context) => Staging.Replace("staging", context, StringComparison.Ordinal);

    private ClusterTarget Resolve(string? kubeconfig, string? context = null) => KubeconfigReader.Resolve(kubeconfig, context, Environment);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_home.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
