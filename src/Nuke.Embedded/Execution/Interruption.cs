namespace Nuke.Common.Execution;

/// <summary>Ends a run in order on the first signal; a second one is left to the runtime, which ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private CancellationTokenSource _source = new();

    /// <summary>Whether the run was interrupted.</summary>
    public bool IsRequested { get; private set; }

    public CancellationToken Token => _source.Token;

    /// <summary>Takes SIGINT (Ctrl-C) and SIGTERM over from the runtime, until disposed.</summary>
    public void Listen()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
            _signals.Add(PosixSignalRegistration.Create(signal, Receive));
    }

    public void Request()
    {
        IsRequested = true;
        // Not Cancel: what waits for the token would run, and throw, on the signal's own thread.
        _ = _source.CancelAsync();
    }

    /// <summary>Gives what runs in spite of the interrupt a token that is not cancelled.</summary>
    public void Renew()
    {
        if (_source.IsCancellationRequested)
            _source = new CancellationTokenSource();
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _signals.Clear();
    }

    private void Receive(PosixSignalContext context)
    {
        if (IsRequested)
            return;

        context.Cancel = true;
        Request();
        Log.Warning("Interrupted: ending in order; another Ctrl-C ends at once");
    }
}
