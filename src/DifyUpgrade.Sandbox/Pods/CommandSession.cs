using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Programs;
using DifyUpgrade.Sandbox.Pods.Shell;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Runs a command in a container for somebody who watches it.</summary>
/// <param name="run">The container.</param>
/// <param name="streams">Where the command reads and writes.</param>
/// <param name="time">The pods' time.</param>
/// <param name="kubelet">Whose gate is to be held for a signal.</param>
internal sealed class CommandSession(ContainerRun run, ExecStreams streams, PodTime time, KubeletLoop kubelet)
{
    private readonly byte[] _byte = new byte[1];

    /// <summary>Runs it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(IEnumerable<ProgramStep> program, CancellationToken cancellation)
    {
        try
        {
            foreach (var step in program)
            {
                cancellation.ThrowIfCancellationRequested();
                if (step is Exit exit)
                    return exit.Code;
                await TakeAsync(step, cancellation);
            }

            return 0;
        }
        catch (Exception failure) when (failure is ShellSyntaxException or FileError)
        {
            await WriteAsync(Write.Line($"sh: {failure.Message}", toError: true), cancellation);
            return 2;
        }
    }

    private async Task TakeAsync(ProgramStep step, CancellationToken cancellation)
    {
        switch (step)
        {
            case Write write:
                await WriteAsync(write, cancellation);
                break;
            case Wait wait:
                await time.Delay(wait.PodTime, cancellation);
                break;
            case WaitForSignal:
                await Task.Delay(Timeout.InfiniteTimeSpan, time.Real, cancellation);
                break;
            case ReadLine read:
                read.Line = await ReadLineAsync(cancellation);
                break;
            case Signal { Process: 1, Number: not 9 }:
                kubelet.Hold(run.Terminate);
                break;
            default:
                break;
        }
    }

    // With a terminal there is one stream for both, and lines end as terminals want it.
    private async Task WriteAsync(Write write, CancellationToken cancellation)
    {
        var target = write.ToError && !streams.Tty ? streams.Error : streams.Output;
        if (target is null || write.Bytes.IsEmpty)
            return;
        await target.WriteAsync(streams.Tty ? WithReturns(write.Bytes) : write.Bytes, cancellation);
        await target.FlushAsync(cancellation);
    }

    private static ReadOnlyMemory<byte> WithReturns(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.Contains((byte)'\n') ? bytes.ToArray().SelectMany(one => one == (byte)'\n' ? "\r\n"u8.ToArray() : [one]).ToArray() : bytes;

    // A terminal echoes what is typed, ends a line with a carriage return, and knows Ctrl-D and the backspace.
    private async Task<byte[]?> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>();
        while (streams.Input is not null && await streams.Input.ReadAsync(_byte, cancellation) > 0)
        {
            var read = _byte[0] == '\r' && streams.Tty ? (byte)'\n' : _byte[0];
            if (streams.Tty && read is 4 && line.Count == 0)
                return null;
            if (streams.Tty && read is 3)
                line.Clear();
            else if (streams.Tty && read is 8 or 127)
                line.RemoveRange(Math.Max(0, line.Count - 1), Math.Min(1, line.Count));
            else
                line.Add(read);
            if (streams.Tty)
                await WriteAsync(new Write(read is 8 or 127 ? "\b \b"u8.ToArray() : new[] { read is 3 ? (byte)'\n' : read }, ToError: false), cancellation);
            if (read is 3)
                return "\n"u8.ToArray();
            if (read == '\n')
                return [.. line];
        }

        return line.Count > 0 ? [.. line] : null;
    }
}
