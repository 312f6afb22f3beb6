using Nuke.Common.Execution;
using Nuke.Common.Reporting;
using Nuke.Common.ValueInjection;

namespace Nuke.Common;

/// <summary>What a build runs on; decides how sections, warnings and errors look.</summary>
public abstract class Host
{
    private protected Host()
    {
    }

    internal static IReadOnlyList<string> Names { get; } = [nameof(Terminal), nameof(CI.GitHubActions.GitHubActions)];

    /// <summary>The host's name, as <c>--host</c> takes it.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => GetType().Name;

    internal static Host Detect(Session session)
        => session.Environment.GetValueOrDefault("GITHUB_ACTIONS") is { Length: > 0 }
            ? new CI.GitHubActions.GitHubActions(session)
            : new Terminal();

    internal static Host? Find(string name, Session session)
        => Names.FirstOrDefault(known => NearestName.AreEqual(known, name)) switch
        {
            nameof(Terminal) => new Terminal(),
            nameof(CI.GitHubActions.GitHubActions) => new CI.GitHubActions.GitHubActions(session),
            _ => null,
        };

    internal virtual void BeginSection(string title)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine("╬" + new string('═', title.Length + 5));
        Console.Out.WriteLine("║ " + Colour.Information(title));
        Console.Out.WriteLine("╬" + new string('═', Math.Max(title.Length - 4, 2)));
        Console.Out.WriteLine();
    }

    internal virtual void EndSection(string title)
    {
    }

    internal virtual void ReportWarning(TextWriter output, string text)
    {
    }

    internal virtual void ReportError(TextWriter output, string text)
    {
    }
}
