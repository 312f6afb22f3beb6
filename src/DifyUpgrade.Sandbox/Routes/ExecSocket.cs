using System.IO.Pipelines;
using System.Net.WebSockets;
using DifyUpgrade.Sandbox.Pods;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>
/// A command's streams over one WebSocket: the first byte of each message is its channel. Version 5 of the protocol can
/// also close a channel, which is how a command learns that its input has ended.
/// </summary>
/// <param name="socket">The connection.</param>
/// <param name="context">The request it came of.</param>
/// <param name="wanted">Which streams the client wants.</param>
/// <param name="time">The clock.</param>
/// <param name="isToBeCut">Whether it ends without a Status once the command has said something.</param>
internal sealed class ExecSocket(WebSocket socket, HttpContext context, ExecChannels wanted, TimeProvider time, bool isToBeCut) : IExecConnection
{
    private const string Version5 = "v5.channel.k8s.io";
    private const string Version4 = "v4.channel.k8s.io";
    private const byte InputChannel = 0;
    private const byte OutputChannel = 1;
    private const byte ErrorChannel = 2;
    private const byte StatusChannel = 3;
    private const byte CloseChannel = 255;
    private const int LongestMessage = 64 * 1024;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _sending = new(1);
    private readonly Pipe _input = new();
    private readonly CancellationTokenSource _gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);

    /// <summary>The newest protocol that both sides know.</summary>
    /// <exception cref="ApiException">There is none (400).</exception>
    public static string Choose(IEnumerable<string> wanted)
    {
        var known = wanted.ToList();
        return known.Contains(Version5) ? Version5
            : known.Contains(Version4) ? Version4
            : throw ApiException.BadRequest($"unable to upgrade: the client speaks none of {Version5}, {Version4}");
    }

    /// <inheritdoc/>
    public ExecStreams Streams() => new()
    {
        Input = wanted.Input ? _input.Reader.AsStream() : null,
        Output = wanted.Output ? new ExecOutput((content, cancellation) => SendPiecesAsync(OutputChannel, content, cancellation)) : null,
        Error = wanted.Error && !wanted.Tty ? new ExecOutput((content, cancellation) => SendPiecesAsync(ErrorChannel, content, cancellation)) : null,
        Tty = wanted.Tty,
    };

    /// <inheritdoc/>
    public async Task RunAsync(Func<CancellationToken, Task<ExecResult>> command)
    {
        // An empty message tells the client that the command runs.
        await SendAsync(OutputChannel, ReadOnlyMemory<byte>.Empty, _gone.Token);
        var receiving = ReceiveAsync();
        try
        {
            var status = await ExecStatus.OfAsync(command, _gone.Token);
            if (isToBeCut)
                Connections.Cut(context);
            await SendAsync(StatusChannel, status.Utf8(), _gone.Token);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", _gone.Token);

            // The client answers the farewell; to hang up earlier would look to it like a broken connection.
            await receiving.WaitAsync(Farewell, time, _gone.Token);
        }
        catch (Exception ending) when (ending is OperationCanceledException or WebSocketException or TimeoutException)
        {
            // The client went first, or never says goodbye.
        }
        finally
        {
            await _gone.CancelAsync();
            await receiving;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Dispose();
        _sending.Dispose();
        socket.Dispose();
    }

    private async Task SendPiecesAsync(byte channel, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        for (var start = 0; start < content.Length; start += LongestMessage / 2)
            await SendAsync(channel, content.Slice(start, Math.Min(LongestMessage / 2, content.Length - start)), cancellation);
    }

    private async Task SendAsync(byte channel, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var message = new byte[content.Length + 1];
        message[0] = channel;
        content.CopyTo(message.AsMemory(1));
        await _sending.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellation);
        }
        finally
        {
            _sending.Release();
        }

        if (isToBeCut && content.Length > 0)
            await Connections.CutSoonAsync(context, time);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[LongestMessage];
        byte? channel = null;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), _gone.Token) is { MessageType: not WebSocketMessageType.Close } part)
            {
                var content = buffer.AsMemory(0, part.Count);
                if (channel is null && part.Count > 0)
                    (channel, content) = (buffer[0], content[1..]);
                await TakeAsync(channel, content, _gone.Token);
                channel = part.EndOfMessage ? null : channel;
            }

            await _gone.CancelAsync();
        }
        catch (Exception ending) when (ending is OperationCanceledException or WebSocketException)
        {
            await _gone.CancelAsync();
        }
        finally
        {
            await _input.Writer.CompleteAsync();
        }
    }

    private async ValueTask TakeAsync(byte? channel, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (channel == InputChannel)
            await _input.Writer.WriteAsync(content, cancellation);
        else if (channel == CloseChannel && content.Span.IndexOf(InputChannel) >= 0)
            await _input.Writer.CompleteAsync();
    }
}
