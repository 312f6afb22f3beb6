using System.Buffers;
using System.Net.WebSockets;

namespace DifyUpgrade.Cluster;

/// <summary>Reads an exec to its end, channel by channel.</summary>
internal sealed class ExecOutput : IDisposable
{
    private const byte StdoutChannel = 1;
    private const byte StderrChannel = 2;
    private const byte StatusChannel = 3;
    private const int MostText = 64 * 1024;

    private readonly MemoryStream _stderr = new();
    private readonly MemoryStream _status = new();

    /// <summary>How the process ended; null if the connection was cut before that was said.</summary>
    public ApiStatus? Status { get; private set; }

    /// <summary>What the process wrote to stderr.</summary>
    public string Stderr => System.Text.Encoding.UTF8.GetString(_stderr.ToArray());

    /// <summary>Reads until the server says how the process ended, or the connection ends.</summary>
    /// <param name="socket">The exec.</param>
    /// <param name="stdout">Receives what the process writes to stdout.</param>
    /// <param name="time">Measures silence.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When there is nothing more to read.</returns>
    public async Task ReadAsync(ExecSocket socket, Action<ReadOnlyMemory<byte>> stdout, TimeProvider time, CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(ApiTransport.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            await ReadMessagesAsync(socket, stdout, silence, either.Token);
        }
        catch (Exception cut) when (cut is WebSocketException or IOException)
        {
            // Status stays null, which says that the end was not seen.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Silent for too long: as good as cut.
        }

        Status = _status.Length == 0 ? null : ApiStatus.Parse(_status.ToArray());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stderr.Dispose();
        _status.Dispose();
    }

    private async Task ReadMessagesAsync(
        ExecSocket socket, Action<ReadOnlyMemory<byte>> stdout, CancellationTokenSource silence, CancellationToken cancellation)
    {
        using var rented = MemoryPool<byte>.Shared.Rent(MostText);
        var buffer = rented.Memory;
        byte? channel = null;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            silence.CancelAfter(ApiTransport.Limit);
            ReadOnlyMemory<byte> piece = buffer[..received.Count];
            if (channel is null && piece.Length > 0)
            {
                channel = piece.Span[0];
                piece = piece[1..];
            }

            Take(channel, piece, stdout);
            if (!received.EndOfMessage)
                continue;

            // kubelet copies all output before it reports the end, and some proxies never close afterwards.
            if (channel == StatusChannel && _status.Length > 0)
                return;
            channel = null;
        }
    }

    private void Take(byte? channel, ReadOnlyMemory<byte> piece, Action<ReadOnlyMemory<byte>> stdout)
    {
        if (channel == StdoutChannel)
            stdout(piece);
        else if (channel == StderrChannel && _stderr.Length < MostText)
            _stderr.Write(piece.Span);
        else if (channel == StatusChannel && _status.Length < MostText)
            _status.Write(piece.Span);
    }
}
