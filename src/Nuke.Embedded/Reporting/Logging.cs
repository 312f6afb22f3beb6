using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;
using Serilog.Sinks.SystemConsole.Themes;

namespace Nuke.Common.Reporting;

/// <summary>Sets Serilog up: lines on the console, annotations on the host, and a list of what went wrong.</summary>
internal static class Logging
{
    private const string Template = "{RunTime:HH:mm:ss} [{Level:u3}] {Message:l}{NewLine}{Exception}";

    // By verbosity.
    private static readonly LogEventLevel[] Levels = [LogEventLevel.Verbose, LogEventLevel.Debug, LogEventLevel.Warning, LogEventLevel.Error];

    private static readonly LoggingLevelSwitch Level = new(LogEventLevel.Debug);
    private static readonly List<(LogEventLevel Level, string Target, string Text)> WarningsAndErrors = [];

    private static string _target = "";

    public static Verbosity Verbosity
    {
        get => (Verbosity)Array.IndexOf(Levels, Level.MinimumLevel);
        set => Level.MinimumLevel = Levels[(int)value];
    }

    public static IReadOnlyList<(LogEventLevel Level, string Target, string Text)> Problems
    {
        get
        {
            lock (WarningsAndErrors)
                return [.. WarningsAndErrors];
        }
    }

    public static void Configure(Session session)
    {
        lock (WarningsAndErrors)
            WarningsAndErrors.Clear();
        Log.Logger = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .Enrich.With(new RunTime(session.Time))
            .WriteTo.Console(
                outputTemplate: Template,
                theme: Colour.IsOn ? AnsiConsoleTheme.Code : ConsoleTheme.None,
                levelSwitch: Level)
            .WriteTo.Sink(new ProblemSink(session), LogEventLevel.Warning)
            .CreateLogger();
    }

    /// <summary>Names the target that what is logged belongs to, until disposed.</summary>
    public static IDisposable Enter(string target)
    {
        _target = target;
        return new Scope();
    }

    private sealed class Scope : IDisposable
    {
        public void Dispose() => _target = "";
    }

    private sealed class RunTime(TimeProvider time) : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
            => logEvent.AddOrUpdateProperty(new LogEventProperty(nameof(RunTime), new ScalarValue(time.GetLocalNow())));
    }

    private sealed class ProblemSink(Session session) : ILogEventSink
    {
        private static readonly MessageTemplateTextFormatter Plain = new("{Message:l}");

        public void Emit(LogEvent logEvent)
        {
            using var text = new StringWriter();
            Plain.Format(logEvent, text);
            lock (WarningsAndErrors)
                WarningsAndErrors.Add((logEvent.Level, _target, text.ToString()));

            var annotation = text + (logEvent.Exception is { } exception ? ": " + exception.Message : "");
            if (logEvent.Level == LogEventLevel.Warning)
                session.Host.ReportWarning(Console.Out, annotation);
            else
                session.Host.ReportError(Console.Out, annotation);
        }
    }
}
