using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace DifyUpgrade.Tests.Helm;

/// <summary>A logger that keeps its lines.</summary>
internal sealed class LogRecorder : ILogEventSink
{
    private readonly List<string> _lines = [];

    public ILogger CreateLogger() => new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(this).CreateLogger();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public void Emit(LogEvent logEvent)
    {
        lock (_lines)
            _lines.Add($"{logEvent.Level}: {logEvent.RenderMessage()}");
    }
}
