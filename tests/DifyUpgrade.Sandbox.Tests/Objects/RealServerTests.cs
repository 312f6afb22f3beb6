using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;
using DifyUpgrade.Sandbox.Tests.Objects.Recording;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Objects;

/// <summary>What the comparisons with a real server leave there.</summary>
public sealed class RealServerTests
{
    [Fact]
    [Trait("Needs", "Kubernetes")]
    public async Task A_case_that_ends_half_way_with_a_finalizer_leaves_no_namespace()
    {
        await using var real = new RealServer();
        await real.InitializeAsync();
        await real.BeginAsync(TestContext.Current.CancellationToken);
        var held = JsonNode.Parse("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","finalizers":["example.com/hold"]}}""")!;
        var stored = await real.AnswerAsync(ResourceTypes.ConfigMaps, "held", new CaseStep(1, "create", "tester", false, held), TestContext.Current.CancellationToken);
        Assert.Equal("held", stored.Text("metadata", "name"));
        await real.DisposeAsync();

        var left = await Cli.Wrap("kubectl").WithArguments(["--kubeconfig", Environment.GetEnvironmentVariable("DIFY_UPGRADE_TEST_KUBECONFIG")!, "wait", "--for=delete", $"namespace/{real.Space}", "--timeout=120s"])
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        Assert.True(left.ExitCode == 0, left.StandardError);
    }
}
