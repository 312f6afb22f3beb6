using Serilog;
using Serilog.Events;
using Serilog.Parsing;

namespace DifyUpgrade.Reporting;

/// <summary>
/// The last gate: secrets are taken out where a text enters, but names of objects and fields are used as they are, and a chart may
/// make one of a secret.
/// </summary>
/// <param name="inner">Where the lines go.</param>
/// <param name="redactor">What is secret by now.</param>
internal sealed class RedactedLog(ILogger inner, Func<Redactor> redactor) : ILogger
{
    private static readonly MessageTemplate Plain = new MessageTemplateParser().Parse("{Line:l}");

    /// <inheritdoc/>
    public void Write(LogEvent logEvent)
    {
        var text = TextOf(logEvent);
        var safe = redactor().Redact(text);
        inner.Write(safe == text
            ? logEvent
            : new LogEvent(logEvent.Timestamp, logEvent.Level, null, Plain, [new LogEventProperty("Line", new ScalarValue(safe))]));
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogEventLevel level) => inner.IsEnabled(level);

    private static string TextOf(LogEvent logEvent)
    {
        using var text = new StringWriter();
        foreach (var token in logEvent.MessageTemplate.Tokens)
            token.Render(logEvent.Properties, text);
        return text.ToString();
    }
}
