using System.Runtime.InteropServices;
using DifyUpgrade;
using DifyUpgrade.Parameters;
using DifyUpgrade.Reporting;
using Serilog;

/// <summary>What Nuke has no word for: cancellation, and exit codes that tell failures apart.</summary>
sealed partial class Build
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private Deployment? _deployment;
    private TextWriter? _json;

    protected override void OnBuildInitialized()
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt));
        if (Output != OutputFormat.Json)
            return;
        _json = Console.Out;
        Console.SetOut(Console.Error);
    }

    // The first signal ends the run in order; a second one, left to the runtime, ends the process.
    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = !_interrupt.IsCancellationRequested;
        _interrupt.Cancel();
    }

    private async Task Run(Func<Deployment, CancellationToken, Task> stage)
    {
        try
        {
            _deployment ??= new Deployment(Inputs, Log.Logger, new ResultLines(_json), TimeProvider.System);
            await stage(_deployment, _interrupt.Token);
        }
        catch (Exception failure)
        {
            ExitCode = (int)Deployment.ExitCodeOf(failure, _interrupt.IsCancellationRequested);
            throw;
        }
    }
}
