using System.Runtime.InteropServices;

namespace Nuke.Common;

/// <summary>Stands in for the embedded engine's class of this name, which Nuke.Common lacks; compiled only with the package.</summary>
internal static class Interrupt
{
    private static readonly CancellationTokenSource Source = new();
    private static readonly List<PosixSignalRegistration> Signals =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive)];

    public static CancellationToken Token => Signals.Count > 0 ? Source.Token : default;

    // The first signal ends the run in order; a second one, left to the runtime, ends the process.
    private static void Receive(PosixSignalContext context)
    {
        context.Cancel = !Source.IsCancellationRequested;
        _ = Source.CancelAsync();
    }
}
