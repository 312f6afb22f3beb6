using Microsoft.Extensions.Logging;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>What a sandbox has to say: nobody watches its streams, so it goes to a file, anew at each start.</summary>
internal sealed class ServerLog : ILogger, IDisposable
{
    private readonly StreamWriter _file;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    /// <summary>Opens it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Stamps lines.</param>
    public ServerLog(string path, TimeProvider time)
    {
        _file = new StreamWriter(SandboxFolder.Create(path)) { AutoFlush = true };
        _time = time;
        Write("started");
    }

    /// <summary>Writes one entry.</summary>
    /// <param name="text">What happened.</param>
    public void Write(string text)
    {
        lock (_gate)
            _file.WriteLine($"{_time.GetUtcNow():u} {text}");
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Write($"{logLevel} {formatter(state, exception)}{(exception is null ? "" : "\n" + exception)}");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
