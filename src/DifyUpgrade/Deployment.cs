using DifyUpgrade.Cluster;
using DifyUpgrade.Diagnosis;
using DifyUpgrade.Helm;
using DifyUpgrade.Inspection;
using DifyUpgrade.Mounts;
using DifyUpgrade.Parameters;
using DifyUpgrade.Permissions;
using DifyUpgrade.Planning;
using DifyUpgrade.Probing;
using DifyUpgrade.Prompts;
using DifyUpgrade.Rehearsals;
using DifyUpgrade.Releases;
using DifyUpgrade.Releases.Locking;
using DifyUpgrade.Releases.Repairs;
using DifyUpgrade.Releases.Snapshots;
using DifyUpgrade.Rendering;
using DifyUpgrade.Reporting;
using DifyUpgrade.Reports;
using Serilog;

namespace DifyUpgrade;

/// <summary>The stages of an upgrade, one method each; any of them can run alone.</summary>
public sealed class Deployment : IDisposable
{
    private readonly DeploymentInputs _inputs;
    private readonly ILogger _log;
    private readonly ResultLines _results;
    private readonly RunRecorder _recorder;
    private readonly SessionOpener _opener;
    private readonly ValuesSource _values;
    private readonly TimeProvider _time;
    private bool _promptsChecked;
    private bool _saidUnasked;
    private int? _upgradedTo;
    private RollbackPoint? _rollbackPoint;
    private DeploymentSession? _session;
    private ReleaseAccess? _access;
    private string _target = "";
    private Exception? _explained;

    private ReleaseAccess? Touched => _session?.Access ?? _access;

    /// <summary>Prepares a run; no file is read and no cluster asked yet.</summary>
    /// <param name="inputs">What was typed.</param>
    /// <param name="log">Where lines for people go.</param>
    /// <param name="results">Where results for programs go.</param>
    /// <param name="time">The clock.</param>
    public Deployment(DeploymentInputs inputs, ILogger log, ResultLines results, TimeProvider time)
    {
        var recorded = new RecordedLog(log);

        // The values files are looked for before there is anything that could know a secret.
        _log = new RedactedLog(recorded, () => _opener?.Redactor ?? Redactor.None);
        _values = new ValuesSource(inputs, time);
        _inputs = ExampleValues.StandIn(inputs, _values, _log);
        _results = results;
        _time = time;
        _opener = new SessionOpener(_inputs, _log, time, _values);
        _recorder = new RunRecorder(_opener.Artifacts, recorded, time);
    }

    /// <summary>Checks the prompt files, and that the ConfigMap in the cluster holds exactly them.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When done.</returns>
    /// <exception cref="DeploymentException">Something is wrong; nothing was changed.</exception>
    public Task ValidateConfigMapAsync(CancellationToken cancellation) => StageAsync("ValidateConfigMap", async () =>
    {
        var session = await SessionAsync(cancellation);
        _promptsChecked = true;
        return await new ConfigMapValidation(session).RunAsync(cancellation);
    });

    /// <summary>Renders the chart, checks the mount contract and saves the manifests without secrets.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When done.</returns>
    /// <exception cref="DeploymentException">The chart does not render or its mounts are wrong; nothing was changed.</exception>
    public Task RenderTemplateAsync(CancellationToken cancellation) => StageAsync("RenderTemplate", async () =>
    {
        var (plan, chart) = _session is { } session ? (session.Plan, session.Chart) : await _opener.OpenLocalAsync(cancellation);
        var prompts = _promptsChecked ? null : new PromptCheck(plan, chart.Contract, _time);
        return await new RenderingReport(plan, chart, _log).RunAsync(prompts, cancellation);
    });

    /// <summary>Tries the upgrade on the server without changing anything, and shows what would change.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When done.</returns>
    /// <exception cref="DeploymentException">The upgrade would not be accepted; nothing was changed.</exception>
    public Task DryRunAsync(CancellationToken cancellation) => StageAsync("DryRun", async () =>
        await new DryRun(await SessionAsync(cancellation)).RunAsync(cancellation));

    /// <summary>Upgrades the release and watches the rollout to its true end.</summary>
    /// <param name="cancellation">Interrupts it: helm is interrupted, not killed.</param>
    /// <returns>When every workload of the chart is rolled out.</returns>
    /// <exception cref="DeploymentException">The upgrade was refused or failed.</exception>
    public Task UpgradeAsync(CancellationToken cancellation) => StageAsync("Upgrade", async () =>
    {
        var session = await SessionAsync(cancellation);
        var result = await LockedAsync(
            "Upgrade",
            session.Access,
            async access =>
            {
                _rollbackPoint = access.Parameters.RollbackOnFailure ? await RollbackPoint.ReadAsync(access, cancellation) : null;
                return await OrRollBackAsync(access, () => new UpgradeRun(session with { Access = access }).RunAsync(cancellation), cancellation);
            },
            cancellation);
        _upgradedTo = result.Revision;
        return result;
    });

    /// <summary>Reads the mounted files back from every pod and compares them with the prompt files.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When everything is proven.</returns>
    /// <exception cref="DeploymentException">A pod serves something else, or could not be checked.</exception>
    public Task VerifyMountAsync(CancellationToken cancellation) => StageAsync("VerifyMount", async () =>
    {
        var session = await SessionAsync(cancellation);
        var verification = new MountVerification(session);
        var proof = _rollbackPoint is null
            ? await verification.RunAsync(cancellation)
            : await LockedAsync("VerifyMount", session.Access, access => OrRollBackAsync(access, () => verification.RunAsync(cancellation), cancellation), cancellation);

        // Only what this run deployed: by itself this target changes nothing.
        if (_upgradedTo is { } revision && proof.IsProven)
            await new PromptSnapshots(session.Access).KeepAsync(revision, session.Plan.ConfigMapFiles, proven: true, cancellation);
        return proof;
    });

    /// <summary>Goes back to a good revision, prompts included, and verifies.</summary>
    /// <param name="cancellation">Interrupts it: helm is interrupted, not killed.</param>
    /// <returns>When the old revision is rolled out and proven.</returns>
    /// <exception cref="DeploymentException">There is nothing to go back to, or the rollback failed.</exception>
    public Task RollbackAsync(CancellationToken cancellation) => StageAsync("Rollback", async () =>
        await LockedAsync("Rollback", await AccessAsync(cancellation), access => new RollbackRun(access).RunAsync(cancellation), cancellation));

    /// <summary>Brings a release that a killed helm left pending back to its last good revision, or marks it failed.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When every target works again.</returns>
    /// <exception cref="DeploymentException">Somebody is at work on the release, or the rollback failed.</exception>
    public Task RepairAsync(CancellationToken cancellation) => StageAsync("Repair", async () =>
        await LockedAsync("Repair", ReleaseRepair.Patient(await AccessAsync(cancellation)), access => new ReleaseRepair(access).RunAsync(cancellation), cancellation));

    /// <summary>Writes the prompt files into the ConfigMap, restarts only what mounts it, and verifies.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When every pod is proven to serve the prompt files.</returns>
    /// <exception cref="DeploymentException">It was refused or failed.</exception>
    public Task RefreshPromptsAsync(CancellationToken cancellation) => StageAsync("RefreshPrompts", async () =>
    {
        if (_inputs.PromptsRevision is { } number)
            return await LockedAsync("RefreshPrompts", await AccessAsync(cancellation), access => new PromptRestore(access).RunAsync(number, cancellation), cancellation);
        var session = await SessionAsync(cancellation);
        return await LockedAsync("RefreshPrompts", session.Access, access => new PromptRefresh(session with { Access = access }).RunAsync(cancellation), cancellation);
    });

    /// <summary>Shows the history, the pods, and which prompts each pod serves.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When shown.</returns>
    /// <exception cref="DeploymentException">The release cannot be looked at.</exception>
    public Task StatusAsync(CancellationToken cancellation) => StageAsync("Status", async () =>
        await new ReleaseStatus(await AccessAsync(cancellation)).RunAsync(cancellation), reported: false);

    /// <summary>Writes a starter prompts file for a version of Dify; needs neither helm nor a cluster.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When written.</returns>
    /// <exception cref="DeploymentException">The version is not known, or the file is there already.</exception>
    public Task NewPromptsAsync(CancellationToken cancellation) => StageAsync("NewPrompts", async () =>
        await new StarterPromptsRun(_inputs, _log).RunAsync(cancellation), reported: false);

    /// <summary>Shows, name by name, how the prompt files differ from what the running pods serve.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When shown.</returns>
    /// <exception cref="DeploymentException">The pods cannot be read.</exception>
    public Task DiffPromptsAsync(CancellationToken cancellation) => StageAsync("DiffPrompts", async () =>
        await new ServedPrompts(await AccessAsync(cancellation)).RunAsync(cancellation), reported: false);

    /// <summary>Takes what a version of Dify imports into the list of names in the source tree.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When written.</returns>
    /// <exception cref="DeploymentException">There is nothing to read it from.</exception>
    public Task UpdatePromptContractAsync(CancellationToken cancellation) => StageAsync("UpdatePromptContract", async () =>
        await new PromptContractRun(_inputs, _log, _time).RunAsync(_inputs.DifyImage is null ? null : await AccessAsync(cancellation), cancellation), reported: false);

    /// <summary>Refuses a rehearsal that cannot be one, before anything is started for it.</summary>
    /// <exception cref="DeploymentException">Something was typed that makes no sense with it.</exception>
    public void CheckRehearsal()
    {
        List<Finding> findings = [];
        ParameterReader.Read(_inputs, findings);
        _log.Report(findings);
    }

    /// <summary>Gives an empty sandbox a first revision of the release to upgrade from.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When there is a release.</returns>
    /// <exception cref="DeploymentException">The release cannot be installed.</exception>
    public async Task PrepareRehearsalAsync(CancellationToken cancellation)
    {
        try
        {
            await new Baseline(_inputs, _log, _time, _values).EnsureAsync(cancellation);
        }
        catch (Exception failure) when (failure is HelmException or ClusterException)
        {
            throw BoundaryFailure.Explain(failure, _inputs, changed: true);
        }
    }

    /// <summary>Finds helm, or installs it, for those who only need the program.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>The program's path.</returns>
    /// <exception cref="DeploymentException">There is no helm that serves.</exception>
    public async Task<string> FindHelmAsync(CancellationToken cancellation) => (await _opener.FindHelmAsync(cancellation)).Path;

    /// <summary>Says where the report is, and hands its summary to the CI system. Called when the run is over.</summary>
    /// <param name="stepSummary">The file that GitHub makes the run's summary page of; null elsewhere.</param>
    public void Finish(string? stepSummary) => _recorder.Finish(stepSummary);

    /// <summary>Deletes the files with secrets that helm needed, and lets go of the folders.</summary>
    public void Dispose()
    {
        _values.Dispose();
        _opener.Artifacts.Dispose();
    }

    /// <summary>Says in one line what state the release is in, after an interrupt.</summary>
    /// <returns>The line; null when the run had not come to a cluster.</returns>
    public async Task<string?> DescribeStateAsync() => Touched is { } access ? await new LastWord(access).SayAsync() : null;

    /// <summary>What the process exits with after a failure.</summary>
    /// <param name="failure">What a stage threw.</param>
    /// <param name="interrupted">Whether the run was interrupted.</param>
    /// <returns>The exit code.</returns>
    public static ExitCode ExitCodeOf(Exception failure, bool interrupted) => failure switch
    {
        _ when interrupted => ExitCode.Interrupted,
        DeploymentException expected => expected.ExitCode,
        _ => ExitCode.DeploymentFailed,
    };

    // Only looking at a release must not take the place of the report on what was done to it.
    private async Task StageAsync(string target, Func<Task<object>> stage, bool reported = true)
    {
        _target = target;
        object? result = null;
        Exception? failed = null;
        if (reported)
            _recorder.Begin(target);
        SayUnasked(target);
        try
        {
            result = await SafelyAsync(() => ExplainedAsync(stage));
            _results.Write(target, result, _opener.Redactor);
        }
        catch (Exception failure)
        {
            failed = failure;
            throw;
        }
        finally
        {
            if (reported)
                _recorder.End(result, failed, Touched);
        }
    }

    // Only ValidateConfigMap asks the image; whoever skipped it must not take silence for a yes.
    private void SayUnasked(string target)
    {
        if (!_inputs.ProbeImage || _promptsChecked || _saidUnasked || target is not ("RenderTemplate" or "DryRun" or "Upgrade" or "RefreshPrompts"))
            return;
        _saidUnasked = true;
        _log.Warning("NOT CHECKED: the image was not asked which names it imports, in spite of --probe-image: only ValidateConfigMap asks it, and it has not run. Ask it: ./build.sh ValidateConfigMap --probe-image");
    }

    // An expected failure says what it has to say in findings; of a surprise there is only the text.
    private async Task<object> SafelyAsync(Func<Task<object>> stage)
    {
        try
        {
            return await stage();
        }
        catch (DeploymentException failure) when (_opener.Redactor.Finds(failure.Message))
        {
            throw failure.Without(_opener.Redactor);
        }
        catch (Exception surprise) when (surprise is not (DeploymentException or OperationCanceledException) && _opener.Redactor.Finds(surprise.ToString()))
        {
            throw new InvalidOperationException(_opener.Redactor.Redact(surprise.ToString()));
        }
    }

    // The evidence first: after the rollback it is gone.
    private async Task<T> OrRollBackAsync<T>(ReleaseAccess access, Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await ExplainedAsync(work);
        }
        catch (DeploymentException failure) when (_rollbackPoint is not null && access.Changes.Begun && failure.ExitCode == ExitCode.DeploymentFailed && !cancellation.IsCancellationRequested)
        {
            var done = await _rollbackPoint.GoBackAsync(access, cancellation);
            _explained = new DeploymentException(failure.ExitCode, [.. failure.Findings, done]);
            throw _explained;
        }
    }

    // The evidence is gathered before the lock is let go: whoever waits for it would change what is to be seen.
    private async Task<T> LockedAsync<T>(string target, ReleaseAccess access, Func<ReleaseAccess, Task<T>> work, CancellationToken cancellation)
    {
        await using var held = await ReleaseLock.TakeAsync(access, target, cancellation);
        _recorder.Write(access);
        return await ExplainedAsync(() => work(access with { Lock = held }));
    }

    private async Task<T> ExplainedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure != _explained && failure is HelmException or ClusterException or DeploymentException { ExitCode: ExitCode.DeploymentFailed })
        {
            var explained = failure as DeploymentException ?? BoundaryFailure.Explain(failure, _inputs, _opener.Changed);
            throw _explained = await DiagnoseAsync(explained, failure);
        }
        catch (OperationCanceledException interrupt) when (interrupt != _explained && _opener.Changed && Touched is not null)
        {
            await new FailureDiagnosis(Touched).KeepAsync();
            _explained = interrupt;
            throw;
        }
    }

    // What never came to the cluster, or cannot come to it any more, leaves no evidence there; a cause needs none.
    private async Task<DeploymentException> DiagnoseAsync(DeploymentException explained, Exception failure)
    {
        if (Touched is not { } access || failure is ClusterException || explained.IsCause || !(access.Changes.Begun || failure is DeploymentException))
            return explained;
        return await new FailureDiagnosis(access).ExplainAsync(explained, (failure as HelmException)?.StandardError.Trim());
    }

    private async Task<DeploymentSession> SessionAsync(CancellationToken cancellation)
    {
        if (_session is not null)
            return _session;
        var session = await _opener.OpenAsync(cancellation);
        var newest = await new RightsCheck(session.Access).RunAsync([_target, .. _inputs.FollowingTargets], session.Chart.Manifests, cancellation);
        return _session = session with { Newest = newest };
    }

    private async Task<ReleaseAccess> AccessAsync(CancellationToken cancellation)
    {
        if (_access is not null)
            return _access;
        var access = await _opener.OpenAccessAsync(cancellation);
        await new RightsCheck(access).RunAsync([_target, .. _inputs.FollowingTargets], [], cancellation);
        return _access = access;
    }
}
