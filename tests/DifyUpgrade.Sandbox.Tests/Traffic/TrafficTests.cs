using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Traffic;

/// <summary>The sandbox tells a user of kubectl what a real Kubernetes told one who typed the same.</summary>
public sealed class TrafficTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "DifyUpgrade.Sandbox.dll");

    [Fact]
    public async Task Kubectl_sees_no_difference()
    {
        Assert.SkipUnless(IsOnPath("kubectl"), "There is no kubectl on PATH.");
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("sandbox-traffic-").FullName;
        await Sandbox("up", folder).ExecuteBufferedAsync(cancellation);
        try
        {
            var kubeconfig = Path.Combine(folder, "kubeconfig");
            await Transcript.SayAsync("kubectl create namespace traffic-probe", kubeconfig, cancellation);
            foreach (var (command, answer) in Transcript.Real())
                Assert.Equal($"{command}\n{answer}", $"{command}\n{await Transcript.SayAsync(command, kubeconfig, cancellation)}");
        }
        finally
        {
            await Sandbox("down", folder).ExecuteBufferedAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Command Sandbox(string command, string folder) => Cli.Wrap("dotnet").WithArguments([Program, command, "--folder", folder]);

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
