using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace DifyUpgrade.Sandbox.Tests.Traffic;

/// <summary>
/// Commands and what a real Kubernetes 1.20 said to the user who typed them, without what differs from run to run. To
/// record again: set <c>DIFY_UPGRADE_TEST_KUBECONFIG</c>, and <c>DIFY_UPGRADE_RECORD</c> to the source folder of the cases.
/// </summary>
/// <param name="name">The file, below <c>Cases</c>; also the program that is typed.</param>
internal sealed partial class Transcript(string name)
{
    private const string Space = "traffic-probe";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Traffic", "Cases");

    /// <summary>The program of most of the commands.</summary>
    public string Tool { get; } = name == "helm" ? Environment.GetEnvironmentVariable("HELM") is { Length: > 0 } helm ? helm : "helm" : name;

    /// <summary>Where recordings are written; null where there is nothing to record.</summary>
    public static string? RecordTo => Environment.GetEnvironmentVariable("DIFY_UPGRADE_RECORD");

    /// <summary>Each command and its answer.</summary>
    public IReadOnlyList<(string Command, string Answer)> Real() =>
        [.. Commands().Split(File.ReadAllText(Path.Combine(Folder, $"{name}.verified.txt"))).Where(block => block.Length > 0).Select(Read)];

    /// <summary>What a command says, on both streams, and how it ends.</summary>
    /// <param name="command">As it is typed.</param>
    /// <param name="kubeconfig">Who is asked.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="cancellation">Stops the command.</param>
    public async Task<string> SayAsync(string command, string kubeconfig, string space, CancellationToken cancellation)
    {
        var words = command.Split(' ');
        var result = await Cli.Wrap(words[0] == name ? Tool : words[0]).WithArguments([.. words[1..], "--kubeconfig", kubeconfig, "--namespace", space])
            .WithWorkingDirectory(Folder).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(Encoding.UTF8, cancellation);
        return Mask($"{result.StandardOutput}{result.StandardError}exit code {result.ExitCode}".Replace(space, Space, StringComparison.Ordinal));
    }

    /// <summary>Keeps answers of the real server.</summary>
    public void Record(IEnumerable<(string Command, string Answer)> seen) =>
        File.WriteAllText(Path.Combine(RecordTo!, $"{name}.verified.txt"), string.Join('\n', seen.Select(said => $"$ {said.Command}\n{said.Answer}\n")));

    private static (string Command, string Answer) Read(string block)
    {
        var lines = block.Split('\n', 2);
        return (lines[0][2..], Mask(lines[1].TrimEnd()));
    }

    private static string Mask(string text) => Padding().Replace(LineEnd().Replace(Varying().Replace(text, "…"), ""), "  ");

    [GeneratedRegex(@"(?m)^(?=\$ )")]
    private static partial Regex Commands();

    /// <summary>Uids, times and versions.</summary>
    [GeneratedRegex("""
        [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}
        |\d{4}-\d\d-\d\dT[\d:.]+Z
        |\d{4}-\d\d-\d\d\ [\d:.]+\ \+0000\ UTC
        |[A-Z][a-z]{2}\ [A-Z][a-z]{2}\ [\ \d]\d\ \d\d:\d\d:\d\d\ \d{4}
        |(?<=resourceVersion:\ ")\d+
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Varying();

    /// <summary>Columns are as wide as what was masked in them.</summary>
    [GeneratedRegex(@"(?<=\S)([ \t]{2,}|\t)")]
    private static partial Regex Padding();

    [GeneratedRegex(@"(?m)[ \t]+$")]
    private static partial Regex LineEnd();
}
