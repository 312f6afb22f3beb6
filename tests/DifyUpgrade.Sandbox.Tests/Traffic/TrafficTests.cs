using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Traffic;

/// <summary>The sandbox tells a user of kubectl and helm what a real Kubernetes told one who typed the same.</summary>
public sealed class TrafficTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "DifyUpgrade.Sandbox.dll");

    [Theory]
    [InlineData("kubectl")]
    [InlineData("helm")]
    public async Task The_sandbox_says_what_the_real_cluster_said(string tool)
    {
        var transcript = Needed(tool);
        var folder = Directory.CreateTempSubdirectory("sandbox-traffic-").FullName;
        await Sandbox("up", folder).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        try
        {
            AssertSame(transcript.Real(), await RunAsync(transcript, Path.Combine(folder, "kubeconfig"), "traffic-probe"));
        }
        finally
        {
            await Sandbox("down", folder).ExecuteBufferedAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("kubectl")]
    [InlineData("helm")]
    [Trait("Needs", "Kubernetes")]
    public async Task The_real_cluster_still_says_so(string tool)
    {
        var kubeconfig = Environment.GetEnvironmentVariable("DIFY_UPGRADE_TEST_KUBECONFIG");
        Assert.SkipWhen(string.IsNullOrEmpty(kubeconfig), "Set DIFY_UPGRADE_TEST_KUBECONFIG to the kubeconfig of a Kubernetes that may be written to.");
        var transcript = Needed(tool);
        await SkipUnlessMeantAsync(transcript, kubeconfig);
        var seen = await RunAsync(transcript, kubeconfig, $"traffic-{Guid.NewGuid().ToString("N")[..8]}");
        if (Transcript.RecordTo is not null)
            transcript.Record(seen);
        else
            AssertSame(transcript.Real(), seen);
    }

    // A cluster is only written to when it was named for that; the answers are those of one version.
    private static async Task SkipUnlessMeantAsync(Transcript transcript, string kubeconfig)
    {
        var context = await transcript.SayAsync("kubectl config current-context", kubeconfig, "default", TestContext.Current.CancellationToken);
        var meant = Environment.GetEnvironmentVariable("DIFY_UPGRADE_TEST_CONTEXT");
        Assert.SkipUnless(string.IsNullOrEmpty(meant) || context.StartsWith(meant + "\n", StringComparison.Ordinal), $"{kubeconfig} leads to {context}, not to {meant}.");
        var version = await transcript.SayAsync("kubectl version", kubeconfig, "default", TestContext.Current.CancellationToken);
        Assert.SkipUnless(version.Contains("Server Version: v1.20.", StringComparison.Ordinal), $"The answers are those of Kubernetes 1.20; this is {version}");
    }

    private static Transcript Needed(string tool)
    {
        var transcript = new Transcript(tool);
        Assert.SkipUnless(IsThere("kubectl") && IsThere(transcript.Tool), $"There is no kubectl, or no {transcript.Tool}.");
        return transcript;
    }

    private static async Task<IReadOnlyList<(string Command, string Answer)>> RunAsync(Transcript transcript, string kubeconfig, string space)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await transcript.SayAsync($"kubectl create namespace {space}", kubeconfig, space, cancellation);
        try
        {
            var seen = new List<(string, string)>();
            foreach (var (command, _) in transcript.Real())
                seen.Add((command, await transcript.SayAsync(command, kubeconfig, space, cancellation)));
            return seen;
        }
        finally
        {
            await transcript.SayAsync($"kubectl delete namespace {space} --wait=false", kubeconfig, space, CancellationToken.None);
        }
    }

    // All differences at once: the first may be what caused the others, or may not.
    private static void AssertSame(IReadOnlyList<(string Command, string Answer)> expected, IReadOnlyList<(string Command, string Answer)> seen) =>
        Assert.Multiple([.. expected.Zip(seen, (real, here) => (Action)(() => Assert.Equal($"{real.Command}\n{real.Answer}", $"{here.Command}\n{here.Answer}")))]);

    private static Command Sandbox(string command, string folder) => Cli.Wrap("dotnet").WithArguments([Program, command, "--folder", folder]);

    private static bool IsThere(string program) =>
        File.Exists(program) || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
