using Spectre.Console;

namespace Nuke.Common.Reporting;

/// <summary>Colours for the console: only on a terminal, and never with NO_COLOR (https://no-color.org).</summary>
internal static class Colour
{
    // Both streams must be terminals: a build may send its lines to either. Spectre knows what a terminal can do.
    public static bool IsOn { get; set; } =
        !Console.IsOutputRedirected && !Console.IsErrorRedirected
        && AnsiConsole.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };

    public static string Success(string text) => Paint(text, "32");

    public static string Information(string text) => Paint(text, "36");

    public static string Warning(string text) => Paint(text, "33");

    public static string Error(string text) => Paint(text, "31");

    private static string Paint(string text, string code) => IsOn ? $"\e[{code};1m{text}\e[0m" : text;
}
