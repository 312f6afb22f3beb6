using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Pods;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>
/// A command's streams over one WebSocket: the first byte of each message is its channel. Version 5 of the protocol can
/// also close a channel, which is how a command learns that its input has ended.
/// </summary>
/// <param name="socket">The connection.</param>
/// <param name="context">The request it came of.</param>
/// <param name="time">The clock.</param>
/// <param name="isToBeCut">Whether it ends without a Status once the command has said something.</param>
internal sealed class ExecSocket(WebSocket socket, HttpContext context, TimeProvider time, bool isToBeCut) : IDisposable
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

    /// <summary>The command's streams.</summary>
    public ExecStreams Streams(ExecChannels wanted) => new()
    {
        Input = wanted.Input ? _input.Reader.AsStream() : null,
        Output = wanted.Output ? new ChannelStream(this, OutputChannel) : null,
        Error = wanted.Error && !wanted.Tty ? new ChannelStream(this, ErrorChannel) : null,
        Tty = wanted.Tty,
    };

    /// <summary>Runs a command between the opening and the Status that says how it ended.</summary>
    public async Task RunAsync(Func<CancellationToken, Task<ExecResult>> command)
    {
        // An empty message tells the client that the command runs.
        await SendAsync(OutputChannel, ReadOnlyMemory<byte>.Empty, _gone.Token);
        var receiving = ReceiveAsync();
        try
        {
            var status = await StatusOfAsync(command, _gone.Token);
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

    private static async Task<JsonObject> StatusOfAsync(Func<CancellationToken, Task<ExecResult>> command, CancellationToken cancellation)
    {
        ExecResult result;
        try
        {
            result = await command(cancellation);
        }
        catch (ApiException refusal)
        {
            return Answer.StatusOf(refusal);
        }

        return ExecStatus.Of(result);
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

    private sealed class ChannelStream(ExecSocket owner, byte channel) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            for (var start = 0; start < buffer.Length; start += LongestMessage / 2)
                await owner.SendAsync(channel, buffer.Slice(start, Math.Min(LongestMessage / 2, buffer.Length - start)), cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The connection is asynchronous.");

        public override void Flush()
        {
            // Every write is sent at once.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
