using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Serilog;

namespace DifyUpgrade.Helm;

/// <summary>
/// The helm commands this project needs. Every method throws <see cref="HelmException"/> when helm fails and
/// <see cref="OperationCanceledException"/>, once helm has ended, when its token is cancelled.
/// </summary>
internal sealed partial class HelmClient
{
    private const int MaxAttempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly HelmTool _tool;
    private readonly HelmConnection _connection;
    private readonly Redactor _redactor;
    private readonly ILogger _log;
    private readonly Lazy<HelmProcess> _process;

    /// <summary>Creates a client for one cluster.</summary>
    /// <param name="tool">The helm to run.</param>
    /// <param name="connection">The cluster it talks to.</param>
    /// <param name="redactor">Takes secrets out of all that is streamed, logged or thrown.</param>
    /// <param name="log">Gets each command's echo at debug level.</param>
    public HelmClient(HelmTool tool, HelmConnection connection, Redactor redactor, ILogger log)
    {
        _tool = tool;
        _connection = connection;
        _redactor = redactor;
        _log = log;

        // Lazy, because the init properties are set after the constructor.
        _process = new Lazy<HelmProcess>(() => new HelmProcess(_tool, _connection, _redactor, _log) { Grace = Grace, Clock = Clock });
    }

    /// <summary>How long an interrupted helm may take to end before it is killed; two minutes by default: a rollback that is killed stays pending.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The helm program.</summary>
    public string Program => _tool.Path;

    /// <summary>The clock of the grace period.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Renders the chart without touching the cluster.</summary>
    /// <param name="release">What to render.</param>
    /// <param name="capabilities">What the chart may ask about its cluster; null leaves it to helm.</param>
    /// <param name="cancellationToken">Ends helm.</param>
    /// <returns>The manifests, UNREDACTED: they hold Secrets and must never be logged.</returns>
    public async Task<string> TemplateAsync(HelmRelease release, TemplateCapabilities? capabilities, CancellationToken cancellationToken) =>
        (await ReadAsync(HelmFlags.Template(release, capabilities ?? new TemplateCapabilities()), cancellationToken)).StandardOutput;

    /// <summary>Lets helm try the upgrade against the cluster without writing. Its output holds Secrets and is thrown away.</summary>
    /// <param name="release">What would be upgraded.</param>
    /// <param name="install">Whether a missing release would be installed.</param>
    /// <param name="cancellationToken">Ends helm.</param>
    /// <returns>helm's warnings, redacted.</returns>
    public async Task<IReadOnlyList<string>> DryRunUpgradeAsync(HelmRelease release, bool install, CancellationToken cancellationToken)
    {
        var command = new HelmCommand { Arguments = OnCluster(HelmFlags.DryRun(_tool.Version, release, install)) };
        return (await RepeatAsync(command, cancellationToken)).Warnings;
    }

    /// <summary>
    /// Upgrades and waits. When cancelled, helm is interrupted and marks the revision failed, which blocks nobody; it is killed only
    /// after <see cref="Grace"/>, and then the release stays pending-upgrade.
    /// </summary>
    /// <param name="release">What to upgrade.</param>
    /// <param name="options">How.</param>
    /// <param name="onLine">Gets helm's redacted lines as they come, chart notes included, one at a time.</param>
    /// <param name="cancellationToken">Interrupts helm.</param>
    /// <returns>The revision that helm says it made; null when it did not say, as then only the history knows.</returns>
    public async Task<int?> UpgradeAsync(HelmRelease release, UpgradeOptions options, Action<string> onLine, CancellationToken cancellationToken)
    {
        int? revision = null;
        var command = new HelmCommand
        {
            Arguments = OnCluster(HelmFlags.Upgrade(release, options)),

            // The first such line is helm's own; the chart's notes follow it and could say anything.
            OnLine = line =>
            {
                revision ??= RevisionIn(line);
                onLine(line);
            },
        };
        await _process.Value.RunAsync(command, cancellationToken);
        return revision;
    }

    /// <summary>Reads a release's history.</summary>
    /// <param name="name">The release.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="cancellationToken">Ends helm.</param>
    /// <returns>The revisions, oldest first; null when the cluster answered that there is no such release.</returns>
    /// <exception cref="HelmException">Anything else, such as <see cref="HelmFailure.Unreachable"/> or <see cref="HelmFailure.Forbidden"/>.</exception>
    public async Task<IReadOnlyList<HelmRevision>?> HistoryAsync(string name, string ns, CancellationToken cancellationToken)
    {
        var arguments = OnCluster(HelmFlags.History(name, ns));
        try
        {
            return HelmRevision.ParseHistory((await ReadAsync(arguments, cancellationToken)).StandardOutput);
        }
        catch (HelmException missing) when (missing.Failure == HelmFailure.ReleaseNotFound)
        {
            return null;
        }
        catch (JsonException unreadable)
        {
            var why = _redactor.Redact($"cannot read the history: {unreadable.Message}");
            throw new HelmException(_process.Value.Echo(arguments), exitCode: 0, HelmFailure.OutputUnreadable, why);
        }
    }

    /// <summary>Reads the manifests of a stored revision.</summary>
    /// <param name="name">The release.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="revision">The revision; null takes the newest, whatever became of it.</param>
    /// <param name="cancellationToken">Ends helm.</param>
    /// <returns>The manifests, UNREDACTED: they hold Secrets and must never be logged.</returns>
    public async Task<string> ManifestAsync(string name, string ns, int? revision, CancellationToken cancellationToken) =>
        (await ReadAsync(OnCluster(HelmFlags.Manifest(name, ns, revision)), cancellationToken)).StandardOutput;

    /// <summary>Reads the manifests of the newest revision, whatever became of it, and which one that is.</summary>
    /// <param name="name">The release.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="cancellationToken">Ends helm.</param>
    /// <returns>The manifests.</returns>
    public async Task<StoredManifest> NewestAsync(string name, string ns, CancellationToken cancellationToken)
    {
        var arguments = OnCluster(HelmFlags.Newest(name, ns));
        var text = (await ReadAsync(arguments, cancellationToken)).StandardOutput;
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end > 0 && int.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? new StoredManifest(revision, text[(end + 1)..])
            : throw new HelmException(_process.Value.Echo(arguments), exitCode: 0, HelmFailure.OutputUnreadable, "cannot read of which revision these manifests are");
    }

    /// <summary>
    /// Rolls back to a revision and waits. No helm up to 4.2 handles an interrupt here: it would die at once and leave the release
    /// pending-rollback. So a cancelled rollback is not interrupted but has <see cref="Grace"/> to end by itself before it is killed.
    /// </summary>
    /// <param name="rollback">The release, and the revision to go back to.</param>
    /// <param name="onLine">Gets helm's redacted lines as they come, one at a time.</param>
    /// <param name="cancellationToken">Starts the grace period.</param>
    /// <returns>The wait for helm's end.</returns>
    public async Task RollbackAsync(HelmRollback rollback, Action<string> onLine, CancellationToken cancellationToken)
    {
        await using var notice = cancellationToken.Register(() =>
            _log.Warning("helm cannot interrupt a rollback cleanly; it has {Grace:l} to finish", GoDuration.Format(Grace)));
        var command = new HelmCommand
        {
            Arguments = OnCluster(HelmFlags.Rollback(rollback)),
            OnLine = onLine,
            DiesOfInterrupt = true,
        };
        await _process.Value.RunAsync(command, cancellationToken);
    }

    private static int? RevisionIn(string line)
    {
        var match = RevisionLine().Match(line);
        return match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex("^REVISION: ([0-9]{1,9})$", RegexOptions.CultureInvariant)]
    private static partial Regex RevisionLine();

    private IReadOnlyList<string> OnCluster(IReadOnlyList<string> arguments) =>
        _connection.KubeContext is { } context ? [.. arguments, "--kube-context", context] : arguments;

    private Task<HelmOutput> ReadAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RepeatAsync(new HelmCommand { Arguments = arguments, ReturnsOutput = true }, cancellationToken);

    // helm itself gives up at the first connection that breaks; what only reads may be asked again.
    private async Task<HelmOutput> RepeatAsync(HelmCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _process.Value.RunAsync(command, cancellationToken);
            }
            catch (HelmException passing) when (passing.Failure == HelmFailure.Unreachable && attempt < MaxAttempts)
            {
                _log.Debug("helm did not get through to the cluster; asking again");
                await Task.Delay(Pause * attempt, Clock, cancellationToken);
            }
        }
    }
}
