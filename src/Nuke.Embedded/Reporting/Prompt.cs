using Spectre.Console;

namespace Nuke.Common.Reporting;

/// <summary>Asks for missing values on the terminal. On standard error: what a build writes to standard output may be piped on.</summary>
internal sealed class Prompt(Session session)
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Interactive = InteractionSupport.Yes,
        Ansi = Colour.IsOn ? AnsiSupport.Yes : AnsiSupport.No,
    });

    /// <summary>A prompt where a person sits at a terminal; null in CI and where input or output is not a terminal.</summary>
    public static Prompt? For(Session session)
        => session.Host is IBuildServer || Console.IsInputRedirected || Console.IsErrorRedirected ? null : new Prompt(session);

    /// <summary>Asks until the answer has the parameter's form, and sets the parameter.</summary>
    /// <exception cref="OperationCanceledException">The run was interrupted instead.</exception>
    public void Ask(Parameter parameter, NukeBuild build)
    {
        // Takes the terminal's echo away before the question shows, not with the first key.
        _ = Console.KeyAvailable;
        object? value = null;
        var prompt = new TextPrompt<string>(Markup.Escape(Question(parameter)))
        {
            IsSecret = parameter.IsSecret,
            Mask = null,
            Validator = answer => Read(parameter, answer, out value)
                ? ValidationResult.Success()
                : ValidationResult.Error($"It must be {Markup.Escape(ValueConversion.Describe(parameter.ElementType))}."),
        };
        var answer = prompt.ShowAsync(_console, session.Interruption.Token).GetAwaiter().GetResult();
        if (parameter.IsSecret)
            session.Secrets.Add(answer);
        parameter.WriteTo(build, value);
    }

    private static string Question(Parameter parameter)
    {
        var name = parameter.Description is { Length: > 0 } text ? $"{text.TrimEnd('.')} ({parameter.Option})" : parameter.Option;
        var form = parameter.ElementType.IsEnum ? $", {ValueConversion.Describe(parameter.ElementType)}" : "";
        return $"{name}{form}{(parameter.Arity == Arity.Many ? ", separated by spaces" : "")}:";
    }

    private bool Read(Parameter parameter, string answer, out object? value)
    {
        string[] texts = parameter.Arity == Arity.Many ? answer.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [answer];
        value = string.IsNullOrWhiteSpace(answer)
            ? null
            : ValueConversion.Convert(parameter, new RawValue(texts, "at the prompt", session.WorkingDirectory), out _);
        return value is not null;
    }
}
