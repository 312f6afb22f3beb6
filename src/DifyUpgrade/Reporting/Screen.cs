using Spectre.Console;

namespace DifyUpgrade.Reporting;

/// <summary>What standard output is.</summary>
internal static class Screen
{
    private const int Columns = 120;
    private const int Rows = 40;

    /// <summary>Whether a person looks on who sees a picture change: a terminal that knows control sequences, and no CI system.</summary>
    public static bool IsLive => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>Whether it shows colours (https://no-color.org).</summary>
    public static bool HasColour => AnsiConsole.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    /// <summary>Its columns now; it may be resized at any time.</summary>
    public static int Width => Size(() => Console.WindowWidth, Columns);

    /// <summary>Its lines now.</summary>
    public static int Height => Size(() => Console.WindowHeight, Rows);

    // A pseudo-terminal may have no size.
    private static int Size(Func<int> ask, int otherwise)
    {
        try
        {
            return ask() is > 0 and var size ? size : otherwise;
        }
        catch (IOException)
        {
            return otherwise;
        }
    }
}
