namespace Nuke.Common;

/// <summary>What a build runs on; decides how sections, warnings and errors look.</summary>
public abstract class Host
{
    private protected Host() { }

    // What CI servers set that this engine does not know by name; most set CI.
    private static readonly string[] ServerVariables = ["CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "bamboo_planKey"];

    internal static IReadOnlyList<string> Names { get; } = [nameof(Terminal), nameof(CI.GitHubActions.GitHubActions), nameof(PlainServer)];

    /// <summary>The host's name, as <c>--host</c> takes it.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => GetType().Name;

    internal static Host Detect(Session session)
        => session.Environment.GetValueOrDefault("GITHUB_ACTIONS") is { Length: > 0 } ? new CI.GitHubActions.GitHubActions(session)
            : ServerVariables.Any(name => session.Environment.GetValueOrDefault(name) is { Length: > 0 } and not "false") ? new PlainServer()
            : new Terminal();

    internal static Host? Find(string name, Session session)
        => Names.FirstOrDefault(known => NearestName.AreEqual(known, name)) switch
        {
            nameof(Terminal) => new Terminal(),
            nameof(PlainServer) => new PlainServer(),
            nameof(CI.GitHubActions.GitHubActions) => new CI.GitHubActions.GitHubActions(session),
            _ => null,
        };

    internal virtual void BeginSection(string title)
    {
        var (top, bottom) = (new string('═', title.Length + 5), new string('═', Math.Max(title.Length - 4, 2)));
        Console.Out.WriteLine($"\n╬{top}\n║ {Colour.Information(title)}\n╬{bottom}\n");
    }

    internal virtual void EndSection(string title) { }

    /// <summary>Tells the host which texts must not be shown.</summary>
    /// <param name="output">Standard output, as it was before anything was masked.</param>
    /// <param name="secrets">The texts.</param>
    internal virtual void Mask(TextWriter output, IEnumerable<string> secrets) { }

    /// <summary>Gives the host a report of the whole run, in Markdown.</summary>
    internal virtual void ReportRun(string markdown) { }

    internal virtual void ReportWarning(TextWriter output, string text) { }

    internal virtual void ReportError(TextWriter output, string text) { }
}
