using System.Text;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>What a neighbour on the machine sees in <c>ps</c>, again and again as long as it is looked at.</summary>
internal sealed class ProcessListing : IAsyncDisposable
{
    private readonly HashSet<string> _lines = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _looking;

    public ProcessListing() => _looking = LookAsync();

    /// <summary>Every command line that was seen so far.</summary>
    public string Text
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        _stop.Dispose();
    }

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                Look();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private void Look()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                var line = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, "cmdline"))).Replace('\0', ' ');
                lock (_lines)
                    _lines.Add(line);
            }
            catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}
