using Serilog;
using Serilog.Events;

namespace DifyUpgrade.Reporting;

/// <summary>Keeps the warnings of a run for its report, and hands every line on.</summary>
/// <param name="inner">Where the lines go.</param>
internal sealed class RecordedLog(ILogger inner) : ILogger
{
    // A warning that comes again and again is told enough by its first hundreds.
    private const int Most = 500;

    private readonly Lock _lock = new();
    private readonly List<Finding> _warnings = [];

    /// <summary>The warnings so far, each but once.</summary>
    public IReadOnlyList<Finding> Warnings
    {
        get
        {
            lock (_lock)
                return [.. _warnings.Distinct()];
        }
    }

    /// <inheritdoc/>
    public void Write(LogEvent logEvent)
    {
        if (logEvent.Level is LogEventLevel.Warning or LogEventLevel.Error)
            Keep(logEvent);
        inner.Write(logEvent);
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogEventLevel level) => inner.IsEnabled(level);

    private void Keep(LogEvent logEvent)
    {
        var finding = Property(logEvent, "Seen") is { } seen
            ? Finding.Warning(seen, Property(logEvent, "Where") ?? "", Property(logEvent, "Remedy") ?? "")
            : Finding.Warning(Text(logEvent), "", "");
        lock (_lock)
        {
            if (_warnings.Count < Most)
                _warnings.Add(finding);
        }
    }

    // As the templates have it, with :l everywhere: without quotes.
    private static string Text(LogEvent logEvent)
    {
        using var text = new StringWriter();
        foreach (var token in logEvent.MessageTemplate.Tokens)
            token.Render(logEvent.Properties, text);
        return text.ToString().Trim();
    }

    private static string? Property(LogEvent logEvent, string name) =>
        logEvent.Properties.TryGetValue(name, out var value) && value is ScalarValue { Value: string text } ? text : null;
}
