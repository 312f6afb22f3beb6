using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Pods;

/// <summary>The stand-ins start, serve and fail as Dify's images do.</summary>
public sealed class DifyImageTests : IDisposable
{
    private const string Mounted = """
        "volumeMounts":[{"name":"prompts","mountPath":"/app/api/core/llm_generator/prompts.py","subPath":"prompts.py","readOnly":true}]
        """;

    private const string Volumes = """
        "volumes":[{"name":"prompts","configMap":{"name":"dify-prompts"}}],
        """;

    private readonly SimulatedNode _node = new();

    public void Dispose() => _node.Dispose();

    [Theory]
    [InlineData("api", "Listening at: http://0.0.0.0:5001\n")]
    [InlineData("worker", "celery worker ready.\n")]
    [InlineData("beat", "celery beat ready.\n")]
    public async Task It_starts_by_its_mode(string mode, string said)
    {
        _node.Start(Container("1.12.1", mode));
        _node.Pass(8);
        Assert.Equal(("Running", said), (_node.State(), await _node.LogsAsync()));
    }

    [Theory]
    [InlineData("api", "", 3, "[ERROR] Reason: Worker failed to boot.")]
    [InlineData("api", """,{"name":"MIGRATION_ENABLED","value":"true"}""", 2, "Error: While importing 'app', an ImportError was raised:")]
    [InlineData("worker", "", 2, "Unable to load celery application.")]
    [InlineData("beat", "", 2, "Unable to load celery application.")]
    public async Task Prompts_without_a_name_that_the_version_imports_crash_it(string mode, string environment, int exitCode, string said)
    {
        var stock = await StockAsync("1.12.1");
        _node.ConfigMap("dify-prompts", ("prompts.py", stock.Replace("DEFAULT_GENERATOR_SUMMARY_PROMPT", "OTHER", StringComparison.Ordinal)));
        _node.Start(Container("1.12.1", mode, environment, Mounted), Volumes);
        _node.Pass(6);

        Assert.Equal(("Error", exitCode), (_node.State(), (int)_node.Container()["state"].Number("terminated", "exitCode")!));
        var log = await _node.LogsAsync();
        Assert.Contains(said, log, StringComparison.Ordinal);
        Assert.Contains("ImportError: cannot import name 'DEFAULT_GENERATOR_SUMMARY_PROMPT' from 'core.llm_generator.prompts' (/app/api/core/llm_generator/prompts.py)", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompts_of_an_older_version_run_with_it_and_crash_a_newer_one()
    {
        _node.ConfigMap("dify-prompts", ("prompts.py", await StockAsync("1.10.1")));
        _node.Start(Container("1.10.1", "worker", "", Mounted), Volumes, "older");
        _node.Start(Container("1.11.0", "worker", "", Mounted), Volumes, "newer");
        _node.Pass(6);

        Assert.Equal(("Running", "Error"), (_node.State(name: "older"), _node.State(name: "newer")));
        Assert.Contains("SUGGESTED_QUESTIONS_MAX_TOKENS", await _node.LogsAsync(name: "newer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_prompts_raise_is_in_the_log()
    {
        _node.ConfigMap("dify-prompts", ("prompts.py", await StockAsync("1.12.1") + "\nraise RuntimeError('these prompts crash')\n"));
        _node.Start(Container("1.12.1", "api", """,{"name":"MIGRATION_ENABLED","value":"true"}""", Mounted), Volumes);
        _node.Pass(6);

        Assert.Equal(1, _node.Container()["state"].Number("terminated", "exitCode"));
        Assert.EndsWith("RuntimeError: these prompts crash\n", await _node.LogsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_probe_is_answered_with_the_version()
    {
        _node.Start("""{"name":"api","image":"langgenius/dify-api:1.12.1","ports":[{"name":"api","containerPort":5001}],"readinessProbe":{"httpGet":{"path":"/health","port":"api"}}}""");
        _node.Pass(5);
        Assert.Equal("False", _node.Condition("Ready"));
        Assert.Contains($"Warning Unhealthy Readiness probe failed: Get \"http://{_node.Pod().Text("status", "podIP")}:5001/health\": dial tcp {_node.Pod().Text("status", "podIP")}:5001: connect: connection refused", _node.Events());
        _node.Pass(12);
        Assert.Equal("True", _node.Condition("Ready"));
        Assert.Equal((0, "{\"pid\":1,\"status\":\"ok\",\"version\":\"1.12.1\"}", ""), await _node.ExecAsync("one", "curl", "-s", "http://localhost:5001/health"));
    }

    [Theory]
    [InlineData("langgenius/dify-api:99.0.0")]
    [InlineData("langgenius/dify-api:0.1.0")]
    [InlineData("langgenius/dify-api:nightly")]
    [InlineData("langgenius/dify-web:99.0.0")]
    public void A_version_that_does_not_exist_cannot_be_pulled(string image)
    {
        _node.Start($$"""{"name":"api","image":"{{image}}"}""");
        _node.Pass(4);
        Assert.Equal("ErrImagePull", _node.State());
        _node.Pass(6);
        Assert.Equal("ImagePullBackOff", _node.State());
        Assert.Contains($"Normal BackOff Back-off pulling image \"{image}\"", _node.Events());
    }

    [Theory]
    [InlineData("langgenius/dify-api:1.14.0")]
    [InlineData("langgenius/dify-api:1.10.1-fix.1")]
    [InlineData("langgenius/dify-api:1.17.0")]
    [InlineData("langgenius/dify-web:1.12.1")]
    [InlineData("registry.example.com:5000/mirror/langgenius/dify-api:1.12.1")]
    public void Versions_between_the_known_ones_and_mirrors_exist(string image)
    {
        _node.Start($$"""{"name":"api","image":"{{image}}"}""");
        _node.Pass(8);
        Assert.Equal("Running", _node.State());
    }

    private async Task<string> StockAsync(string version)
    {
        _node.Start(Container(version, "worker"), name: "one");
        _node.Pass(8);
        var (code, stock, error) = await _node.ExecAsync("one", "cat", "/app/api/core/llm_generator/prompts.py");
        Assert.True(code == 0, error);
        _node.Delete("one", grace: 0);
        return stock;
    }

    private static string Container(string version, string mode, string environment = "", string mounts = "") =>
        $$$"""{"name":"api","image":"langgenius/dify-api:{{{version}}}","env":[{"name":"MODE","value":"{{{mode}}}"}{{{environment}}}]{{{(mounts.Length > 0 ? "," : "")}}}{{{mounts}}}}""";
}
