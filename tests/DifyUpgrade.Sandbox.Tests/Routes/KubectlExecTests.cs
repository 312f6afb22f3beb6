using System.Text;
using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

/// <summary>The real kubectl runs commands in both protocols that it knows; before 1.30 it knows SPDY only.</summary>
public sealed class KubectlExecTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task What_is_typed_comes_back_with_complaints_and_exit_code(string overSockets)
    {
        var path = await ReadyPod.StartAsync(sandbox, Samples.Pod("web"));
        var typed = string.Join('\n', Enumerable.Range(0, 50_000));

        Assert.Equal((0, typed, ""), await ExecAsync(path, overSockets, typed, "cat"));
        Assert.Equal((3, "out\n", "err\ncommand terminated with exit code 3\n"), await ExecAsync(path, overSockets, "", "sh", "-c", "echo out; echo err >&2; exit 3"));
    }

    private async Task<(int Code, string Output, string Error)> ExecAsync(string path, string overSockets, string input, params string[] command)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl"))), "There is no kubectl.");
        string[] access = ["--kubeconfig", "/dev/null", "--server", $"{sandbox.Address}", "--token", RunningSandbox.AdminToken, "--insecure-skip-tls-verify", "--namespace", path.Split('/')[4]];
        var result = await Cli.Wrap("kubectl").WithArguments([.. access, "exec", "-i", "web", "--", .. command])
            .WithEnvironmentVariables(variables => variables.Set("KUBECTL_REMOTE_COMMAND_WEBSOCKETS", overSockets))
            .WithStandardInputPipe(PipeSource.FromString(input)).WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Encoding.UTF8, TestContext.Current.CancellationToken);
        return (result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
