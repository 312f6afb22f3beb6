using System.Runtime.InteropServices;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>Lets a sandbox outlive the Ctrl-C and the terminal of the command that started it; SIGTERM still ends it.</summary>
/// <param name="stop">Cancelled by SIGTERM.</param>
internal sealed class IgnoredSignals(CancellationTokenSource stop) : IDisposable
{
    private readonly PosixSignalRegistration _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
    private readonly PosixSignalRegistration _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
    private readonly PosixSignalRegistration _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _hangUp.Dispose();
        _terminate.Dispose();
    }
}
