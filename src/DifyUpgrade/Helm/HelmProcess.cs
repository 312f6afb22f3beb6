using System.Text;
using CliWrap;
using Serilog;

namespace DifyUpgrade.Helm;

/// <summary>Runs helm: echo, environment, redaction, interrupt before kill.</summary>
internal sealed class HelmProcess
{
    // 128 + SIGINT, as shells count: a Ctrl-C in the terminal reaches helm as soon as it reaches us.
    private const int DiedOfInterrupt = 130;

    private readonly HelmTool _tool;
    private readonly HelmConnection _connection;
    private readonly Redactor _redactor;
    private readonly ILogger _log;
    private int _permissionWarnings;

    /// <summary>Creates the runner; one per client.</summary>
    /// <param name="tool">The helm to run.</param>
    /// <param name="connection">The cluster it talks to.</param>
    /// <param name="redactor">Takes secrets out of every line.</param>
    /// <param name="log">Gets the echo of each command.</param>
    public HelmProcess(HelmTool tool, HelmConnection connection, Redactor redactor, ILogger log)
    {
        _tool = tool;
        _connection = connection;
        _redactor = redactor;
        _log = log;
    }

    /// <summary>How long an interrupted helm may take to end before it is killed.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>The clock of the grace period.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Runs helm to its end.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="cancellationToken">Interrupts helm, and kills it after the grace period.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="HelmException">helm ended with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or helm itself was interrupted, and helm has ended.</exception>
    public async Task<HelmOutput> RunAsync(HelmCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var echo = Echo(command.Arguments);
        _log.Debug("> {CommandLine:l}", echo);

        var output = new StringBuilder();
        var lines = new HelmLines(_redactor, command.OnLine, LogPermissionWarning);
        var process = Prepare(command)
            .WithStandardOutputPipe(OutputPipe(command, output, lines))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(lines.Error, Encoding.UTF8));

        var exitCode = await RunAsync(process, command.DiesOfInterrupt, cancellationToken);
        lines.ThrowListenerFailure();
        if (exitCode == DiedOfInterrupt)
            throw new OperationCanceledException($"helm was interrupted\n  > {echo}");
        if (exitCode == 0)
            return new HelmOutput(output.ToString(), lines.Errors);

        var errors = string.Join('\n', lines.Errors);
        throw new HelmException(echo, exitCode, HelmFailureClassifier.Classify(errors), errors);
    }

    /// <summary>The command as it is shown: redacted, and quoted where a shell would need it.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>One line.</returns>
    public string Echo(IReadOnlyList<string> arguments) => _redactor.Redact(string.Join(' ', ["helm", .. WithoutApiVersions(arguments).Select(Quote)]));

    private static PipeTarget OutputPipe(HelmCommand command, StringBuilder output, HelmLines lines)
    {
        if (command.ReturnsOutput)
            return PipeTarget.ToStringBuilder(output, Encoding.UTF8);
        return command.OnLine is null ? PipeTarget.Null : PipeTarget.ToDelegate(lines.Output, Encoding.UTF8);
    }

    // A cluster serves a hundred API versions; in the log they would only bury the command.
    private static IEnumerable<string> WithoutApiVersions(IReadOnlyList<string> arguments)
    {
        var versions = arguments.Count(argument => argument == HelmFlags.ApiVersions);
        var shown = arguments.Where((argument, i) => argument != HelmFlags.ApiVersions && (i == 0 || arguments[i - 1] != HelmFlags.ApiVersions));
        return versions == 0 ? shown : [.. shown, HelmFlags.ApiVersions, $"({versions} served)"];
    }

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:,@%+~\\".Contains(c, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private async Task<int> RunAsync(Command process, bool diesOfInterrupt, CancellationToken cancellationToken)
    {
        using var kill = new CancellationTokenSource(Timeout.InfiniteTimeSpan, Clock);
        using var cancelled = cancellationToken.Register(() => kill.CancelAfter(Grace));
        try
        {
            var exitCode = await process.RunAsync(kill.Token, diesOfInterrupt ? CancellationToken.None : cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return exitCode;
        }
        catch (OperationCanceledException ended) when (kill.IsCancellationRequested)
        {
            _log.Warning("helm had not ended {Grace:l} after it was asked to, and was killed: the release may be left pending", GoDuration.Format(Grace));
            throw new OperationCanceledException("helm was killed", ended, cancellationToken);
        }
    }

    private Command Prepare(HelmCommand command)
    {
        // An ignored signal stays ignored across exec, and Go leaves it ignored (https://pkg.go.dev/os/signal): so a Ctrl-C in the
        // terminal, which goes to every process of the foreground group, does not reach this helm. On Windows it never does.
        var shielded = command.DiesOfInterrupt && !OperatingSystem.IsWindows();
        var process = shielded
            ? Cli.Wrap("/bin/sh").WithArguments(["-c", "trap '' INT; exec \"$@\"", "sh", _tool.Path, .. command.Arguments])
            : Cli.Wrap(_tool.Path).WithArguments(command.Arguments);
        return process.WithEnvironmentVariables(variables =>
        {
            // With HELM_DEBUG an upgrade prints all values and manifests, Secrets included, among its lines.
            variables.Set("HELM_DEBUG", null);
            if (_connection.Kubeconfig is { } kubeconfig)
                variables.Set("KUBECONFIG", kubeconfig);
        });
    }

    private void LogPermissionWarning(string line)
    {
        // helm has one warning for the group and one for the world, and repeats both with every command.
        if (Interlocked.Increment(ref _permissionWarnings) == 1)
            _log.Debug("helm: {Warning:l}", line);
    }
}
