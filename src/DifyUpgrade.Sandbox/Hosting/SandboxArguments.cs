using System.Globalization;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>The command line.</summary>
/// <param name="Command">What to do.</param>
/// <param name="Folder">The sandbox's folder.</param>
/// <param name="Speed">How many times faster than real time pods live.</param>
internal sealed record SandboxArguments(string Command, string Folder, double Speed)
{
    /// <summary>How to call it.</summary>
    public const string Usage = "usage: DifyUpgrade.Sandbox up|down|reset|status|serve --folder FOLDER [--speed N]";

    private static readonly string[] Commands = ["up", "down", "reset", "status", "serve"];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="SandboxFailure">It makes no sense.</exception>
    public static SandboxArguments Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || !Commands.Contains(arguments[0]))
            throw new SandboxFailure(Usage);
        var options = arguments.Skip(1).Chunk(2).ToList();
        var folder = options.Find(option => option[0] == "--folder");
        var speed = options.Find(option => option[0] == "--speed");
        var known = (folder is null ? 0 : 1) + (speed is null ? 0 : 1);
        if (folder is not [_, var path] || known != options.Count)
            throw new SandboxFailure(Usage);
        return new SandboxArguments(arguments[0], Path.GetFullPath(path), speed is null ? 10 : SpeedOf(speed));
    }

    private static double SpeedOf(string[] option) =>
        option is [_, var text] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed is >= 0.1 and <= 1000
            ? speed
            : throw new SandboxFailure($"--speed wants a number from 0.1 to 1000, not '{option.ElementAtOrDefault(1)}'");
}
