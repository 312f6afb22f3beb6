using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace DifyUpgrade.Sandbox.Tests.Traffic;

/// <summary>Commands and what they said, without what differs from run to run.</summary>
internal static partial class Transcript
{
    private const string Space = "traffic-probe";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Traffic", "Cases");

    /// <summary>What kubectl 1.33 said to a user of a real Kubernetes 1.20: each command and its answer.</summary>
    public static IReadOnlyList<(string Command, string Answer)> Real() =>
        [.. Commands().Split(File.ReadAllText(Path.Combine(Folder, "real.verified.txt"))).Where(block => block.Length > 0).Select(Read)];

    /// <summary>What a command says, on both streams, and how it ends.</summary>
    public static async Task<string> SayAsync(string command, string kubeconfig, CancellationToken cancellation)
    {
        var words = command.Split(' ');
        var result = await Cli.Wrap(words[0]).WithArguments([.. words[1..], "--kubeconfig", kubeconfig, "--namespace", Space])
            .WithWorkingDirectory(Folder).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(Encoding.UTF8, cancellation);
        return Mask($"{result.StandardOutput}{result.StandardError}exit code {result.ExitCode}");
    }

    private static (string Command, string Answer) Read(string block)
    {
        var lines = block.Split('\n', 2);
        return (lines[0][2..], Mask(lines[1].TrimEnd()));
    }

    private static string Mask(string text) => Varying().Replace(text, "…");

    [GeneratedRegex(@"(?m)^(?=\$ )")]
    private static partial Regex Commands();

    /// <summary>Uids, times and versions.</summary>
    [GeneratedRegex(@"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|(?<=resourceVersion: "")\d+")]
    private static partial Regex Varying();
}
