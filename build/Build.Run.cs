using System.Diagnostics.CodeAnalysis;
using DifyUpgrade;
using DifyUpgrade.Parameters;
using DifyUpgrade.Reporting;
using Nuke.Common;
using Nuke.Common.CI.GitHubActions;
using Serilog;

/// <summary>What Nuke has no word for: cancellation, and exit codes that tell failures apart.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "OnBuildFinished disposes of it")]
sealed partial class Build
{
    private Deployment? _deployment;
    private TextWriter? _json;

    protected override void OnBuildInitialized()
    {
        if (Output != OutputFormat.Json)
            return;
        _json = Console.Out;
        Console.SetOut(Console.Error);
    }

    // After the summary: the last line of a run that was interrupted says what state it left.
    protected override void OnBuildFinished()
    {
        _deployment?.Finish(GitHubActions.Instance?.StepSummaryFile);
        if (Interrupt.Token.IsCancellationRequested && _deployment?.DescribeStateAsync().GetAwaiter().GetResult() is { } state)
            Log.Warning("{State:l}", state);
        _deployment?.Dispose();
    }

    private async Task Run(Func<Deployment, CancellationToken, Task> stage)
    {
        var interrupted = Interrupt.Token;
        try
        {
            await stage(await DeploymentAsync(interrupted), interrupted);
        }
        catch (Exception failure)
        {
            ExitCode = (int)Deployment.ExitCodeOf(failure, interrupted.IsCancellationRequested);
            throw;
        }
    }

    private async Task<Deployment> DeploymentAsync(CancellationToken token)
    {
        if (_deployment is not null)
            return _deployment;
        _deployment = new Deployment(Inputs, Log.Logger, new ResultLines(_json), TimeProvider.System);
        if (Sandbox)
            await RehearseAsync(_deployment, token);
        return _deployment;
    }
}
