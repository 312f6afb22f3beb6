using System.Collections.Concurrent;
using System.IO.Pipelines;
using DifyUpgrade.Sandbox.Pods;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes.Spdy;

/// <summary>
/// A command's streams over SPDY/3.1, as kubectl spoke it before 1.30: the client opens a stream for each and names it by a
/// header; the last one to end is that of the Status. Windows are not kept: the other side has none either.
/// </summary>
/// <param name="connection">The connection, once it is taken over.</param>
/// <param name="context">The request it came of.</param>
/// <param name="wanted">Which streams the client will open.</param>
/// <param name="time">The clock.</param>
/// <param name="isToBeCut">Whether it ends without a Status once the command has said something.</param>
internal sealed class SpdySession(Stream connection, HttpContext context, ExecChannels wanted, TimeProvider time, bool isToBeCut) : IExecConnection
{
    private const string TypeHeader = "streamtype";
    private const string StatusStream = "error";
    private const string InputStream = "stdin";
    private const string OutputStream = "stdout";
    private const string ErrorStream = "stderr";
    private const int MostStreams = 16;
    private const int OpenHeadLength = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly HeaderReader _headers = new();
    private readonly FrameWriter _writer = new(connection);
    private readonly Pipe _input = new();
    private readonly ConcurrentDictionary<string, int> _streams = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);

    private IEnumerable<string> Expected =>
    [
        StatusStream,
        .. wanted.Input ? [InputStream] : (string[])[],
        .. wanted.Output ? [OutputStream] : (string[])[],
        .. wanted.Error && !wanted.Tty ? [ErrorStream] : (string[])[],
        .. wanted.Tty ? ["resize"] : (string[])[],
    ];

    /// <inheritdoc/>
    public ExecStreams Streams() => new()
    {
        Input = wanted.Input ? _input.Reader.AsStream() : null,
        Output = wanted.Output ? new ExecOutput((content, cancellation) => SendAsync(OutputStream, content, cancellation)) : null,
        Error = wanted.Error && !wanted.Tty ? new ExecOutput((content, cancellation) => SendAsync(ErrorStream, content, cancellation)) : null,
        Tty = wanted.Tty,
    };

    /// <inheritdoc/>
    public async Task RunAsync(Func<CancellationToken, Task<ExecResult>> command)
    {
        var receiving = ReceiveAsync();
        try
        {
            await _opened.Task.WaitAsync(Patience, time, _gone.Token);
            var status = await ExecStatus.OfAsync(command, _gone.Token);
            if (isToBeCut)
                Connections.Cut(context);
            await _writer.DataAsync(_streams[StatusStream], status.Utf8(), _gone.Token);
            foreach (var stream in Expected.Where(name => name is OutputStream or ErrorStream).Append(StatusStream))
                await _writer.EndAsync(_streams[stream], _gone.Token);

            // The client hangs up; to do so earlier could take what it has not read yet.
            await receiving.WaitAsync(Farewell, time, _gone.Token);
        }
        catch (Exception ending) when (ending is OperationCanceledException or IOException or TimeoutException)
        {
            // The client went first, opens no streams, or never hangs up.
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
        _writer.Dispose();
        _headers.Dispose();
        connection.Dispose();
    }

    private async Task SendAsync(string stream, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await _writer.DataAsync(_streams[stream], content, cancellation);
        if (isToBeCut && content.Length > 0)
            await Connections.CutSoonAsync(context, time);
    }

    private async Task ReceiveAsync()
    {
        var frames = new FrameReader(connection);
        try
        {
            while (await frames.NextAsync(_gone.Token) is { } frame)
                await TakeAsync(frame, _gone.Token);
        }
        catch (Exception ending) when (ending is OperationCanceledException or IOException or InvalidDataException)
        {
            // Gone, or no SPDY: either way nothing more can be understood.
        }
        finally
        {
            await _gone.CancelAsync();
            await _input.Writer.CompleteAsync();
        }
    }

    private async Task TakeAsync(SpdyFrame frame, CancellationToken cancellation)
    {
        switch (frame.Type)
        {
            case FrameType.Open:
                await OpenAsync(frame, cancellation);
                break;
            case FrameType.Data when IsInput(frame.Stream):
                await _input.Writer.WriteAsync(frame.Body, cancellation);
                await EndInputAsync(frame.IsLast);
                break;
            case FrameType.Reset when IsInput(frame.Subject):
                await EndInputAsync(isLast: true);
                break;
            case FrameType.Ping when frame.Subject % 2 == 1:
                await _writer.PongAsync(frame.Body, cancellation);
                break;
        }
    }

    private async Task OpenAsync(SpdyFrame frame, CancellationToken cancellation)
    {
        var stream = frame.Subject;
        if (frame.Body.Length < OpenHeadLength || _streams.Count >= MostStreams)
            throw new InvalidDataException($"Stream {stream} cannot be opened.");
        if (!_headers.Read(frame.Body.Span[OpenHeadLength..]).TryGetValue(TypeHeader, out var type) || !_streams.TryAdd(type, stream))
            throw new InvalidDataException($"Stream {stream} is of no type, or of one that is open already.");
        await _writer.ReplyAsync(stream, cancellation);
        if (type == InputStream)
            await EndInputAsync(frame.IsLast);
        if (Expected.All(_streams.ContainsKey))
            _opened.TrySetResult();
    }

    private bool IsInput(int stream) => _streams.TryGetValue(InputStream, out var input) && input == stream;

    private async ValueTask EndInputAsync(bool isLast)
    {
        if (isLast)
            await _input.Writer.CompleteAsync();
    }
}
