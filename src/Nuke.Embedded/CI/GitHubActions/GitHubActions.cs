using Nuke.Common.Tooling;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>GitHub Actions: what its variables say, and its workflow commands.</summary>
/// <remarks>https://docs.github.com/actions/reference/workflow-commands-for-github-actions</remarks>
public sealed class GitHubActions : Host, IBuildServer
{
    private readonly Session _session;

    internal GitHubActions(Session session) => _session = session;

    /// <summary>The host of this run, if it is GitHub Actions.</summary>
    public static GitHubActions? Instance => Session.Current.Host as GitHubActions;

    /// <summary>The commit.</summary>
    public string? Sha => Variable("GITHUB_SHA");

    /// <summary>The branch or tag, as <c>refs/…</c>.</summary>
    public string? Ref => Variable("GITHUB_REF");

    /// <summary>The file that the job's summary page is made of.</summary>
    public AbsolutePath? StepSummaryFile => Variable("GITHUB_STEP_SUMMARY") is { Length: > 0 } file ? file : null;

    string? IBuildServer.Branch => Ref;

    string? IBuildServer.Commit => Sha;

    /// <summary>Opens a group of lines that folds.</summary>
    public void Group(string group) => WriteCommand("group", group);

    /// <summary>Closes the group of lines.</summary>
    public void EndGroup(string group) => WriteCommand("endgroup", group);

    /// <summary>Writes a workflow command.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="message">Its text; line breaks are kept.</param>
    /// <param name="dictionaryConfigurator">Adds its properties.</param>
    public void WriteCommand(
        string command,
        string? message = null,
        Configure<Dictionary<string, object>>? dictionaryConfigurator = null)
        => Console.Out.WriteLine(Command(command, message, dictionaryConfigurator?.Invoke([]) ?? []));

    internal override void BeginSection(string title) => Group(title);

    internal override void EndSection(string title) => EndGroup(title);

    internal override void ReportWarning(TextWriter output, string text) => output.WriteLine(Command("warning", text, []));

    internal override void ReportError(TextWriter output, string text) => output.WriteLine(Command("error", text, []));

    // Only where GitHub's runner reads the lines: elsewhere they would show what they are to hide.
    internal override void Mask(TextWriter output, IEnumerable<string> secrets)
    {
        foreach (var secret in Variable("GITHUB_ACTIONS") == "true" ? secrets : [])
            output.WriteLine("::add-mask::" + EscapeData(secret));
    }

    internal override void ReportRun(string markdown)
    {
        if (StepSummaryFile is { } file)
            File.AppendAllText(file, _session.Secrets.Mask(markdown));
    }

    private static string EscapeData(string text)
        => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private string? Variable(string name) => _session.Environment.GetValueOrDefault(name);

    private string Command(string command, string? message, Dictionary<string, object> properties)
    {
        var list = string.Join(',', properties.Select(pair => $"{pair.Key}={EscapeProperty($"{pair.Value}")}"));
        return $"::{command}{(list.Length > 0 ? " " : "")}{list}::{Escape(message ?? "")}";
    }

    // Masked before it is escaped: a secret with a % or a line break in it would not be found afterwards.
    private string Escape(string text) => EscapeData(_session.Secrets.Mask(text));

    private string EscapeProperty(string text)
        => Escape(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
