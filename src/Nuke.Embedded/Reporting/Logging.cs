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

    /// <summary>The name of the target that what is logged belongs to; empty before, between and after targets.</summary>
    public static string Target { get; set; } = "";

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
            .WriteTo.Sink(new LogFile(session), levelSwitch: Level)
            .WriteTo.Sink(new ProblemSink(session), LogEventLevel.Warning)
            .CreateLogger();
    }

    private sealed class RunTime(TimeProvider time) : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
            => logEvent.AddOrUpdateProperty(new LogEventProperty(nameof(RunTime), new ScalarValue(time.GetLocalNow())));
    }

    /// <summary>Keeps the lines of the run that was started last in <c>.nuke/temp/build.log</c>.</summary>
    private sealed class LogFile : ILogEventSink, IDisposable
    {
        private readonly MessageTemplateTextFormatter _format = new(Template);
        private readonly Session _session;
        private readonly StreamWriter _file;
        private readonly Lock _lock = new();

        public LogFile(Session session)
        {
            _session = session;
            // Deleted first: a run beside this one goes on writing to its own.
            var path = (NukeBuild.TemporaryDirectory / "build.log").ToString();
            File.Delete(path);
            _file = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
        }

        public void Emit(LogEvent logEvent)
        {
            using var text = new StringWriter();
            _format.Format(logEvent, text);
            lock (_lock)
                _file.Write(_session.Secrets.Mask(text.ToString()));
        }

        public void Dispose() => _file.Dispose();
    }

    private sealed class ProblemSink(Session session) : ILogEventSink
    {
        // GitHub shows ten warnings and ten errors of a step and drops the rest; all of them stand in the summary.
        private const int MostAnnotations = 10;
        private static readonly MessageTemplateTextFormatter Plain = new("{Message:l}");

        public void Emit(LogEvent logEvent)
        {
            using var text = new StringWriter();
            Plain.Format(logEvent, text);
            lock (WarningsAndErrors)
            {
                WarningsAndErrors.Add((logEvent.Level, Target, text.ToString()));
                if (WarningsAndErrors.Count(problem => problem.Level == logEvent.Level) > MostAnnotations)
                    return;
            }

            var annotation = text + (logEvent.Exception is { } exception ? ": " + exception.Message : "");
            if (logEvent.Level == LogEventLevel.Warning)
                session.Host.ReportWarning(Console.Out, annotation);
            else
                session.Host.ReportError(Console.Out, annotation);
        }
    }
}
