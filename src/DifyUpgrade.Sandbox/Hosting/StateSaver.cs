using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>Saves the state after changes, at most once in a while, and once more in the end.</summary>
/// <param name="path">The state file.</param>
/// <param name="store">The objects.</param>
/// <param name="time">The clock.</param>
internal sealed class StateSaver(string path, ObjectStore store, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private long _saved = -1;

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                Save();
        }
        catch (OperationCanceledException)
        {
            Save();
        }
    }

    private void Save()
    {
        if (store.Version != _saved)
            _saved = StateFile.Save(path, store);
    }
}
