using System.Text;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>A part of a container's log, on its way to a reader.</summary>
/// <param name="log">The log.</param>
/// <param name="options">Which part.</param>
/// <param name="time">Says what is old.</param>
internal sealed class LogStream(ContainerLog log, LogOptions options, TimeProvider time)
{
    private long _left = options.LimitBytes ?? long.MaxValue;

    /// <summary>Writes it out; with <see cref="LogOptions.Follow"/> until the container has ended.</summary>
    public async Task CopyToAsync(Stream target, CancellationToken cancellation)
    {
        var (lines, next, more) = log.Read(0);
        await WriteAsync(target, Selected(lines), cancellation);
        while (options.Follow && more is not null && _left > 0)
        {
            await more.WaitAsync(cancellation);
            (lines, next, more) = log.Read(next);
            await WriteAsync(target, lines, cancellation);
        }
    }

    private IEnumerable<LogLine> Selected(IReadOnlyList<LogLine> lines)
    {
        var since = options.SinceTime ?? (options.SinceSeconds is { } seconds ? time.GetUtcNow().AddSeconds(-seconds) : DateTimeOffset.MinValue);
        var young = lines.Where(line => line.At >= since).ToList();
        return options.TailLines is >= 0 and var tail ? young.TakeLast((int)Math.Min(tail, int.MaxValue)) : young;
    }

    private async Task WriteAsync(Stream target, IEnumerable<LogLine> lines, CancellationToken cancellation)
    {
        var text = string.Concat(lines.Select(line => $"{(options.Timestamps ? $"{line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffff}00Z " : "")}{line.Text}\n"));
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = (int)Math.Min(bytes.Length, _left);
        _left -= length;
        if (length == 0)
            return;
        await target.WriteAsync(bytes.AsMemory(0, length), cancellation);
        await target.FlushAsync(cancellation);
    }
}
