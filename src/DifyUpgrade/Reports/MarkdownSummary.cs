using System.Text;
using DifyUpgrade.Mounts;
using DifyUpgrade.Releases;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Reports;

/// <summary><c>summary.md</c>: the report for GitHub's step summary, which takes 1 MiB and no more. Pure.</summary>
internal static class MarkdownSummary
{
    /// <summary>The most bytes a summary may have; GitHub drops a larger one as a whole, and others write into it, too.</summary>
    public const int MostBytes = 768 * 1024;

    private const int MostFindings = 40;
    private const int MostRows = 100;
    private const int MostDiffLines = 1000;
    private const int LongestText = 600;

    // All that Markdown or HTML could take for its own.
    private const string Special = "\\`*_[]<>#|~&\"'@";

    /// <summary>Writes it.</summary>
    /// <param name="report">The report, redacted.</param>
    /// <returns>The Markdown.</returns>
    public static string Of(RunReport report)
    {
        var text = new StringBuilder();
        text.Append($"## {Icon(report.Outcome)} {ReportText.Title(report)}: {Text(report.Release.Name)}{(report.Release.Revision is { } revision ? $", revision {revision}" : "")}\n\n");
        text.Append($"Namespace {Text(report.Release.Namespace)}, context {Text(report.Release.Context)}, {report.From.UtcDateTime:u}, {ReportText.Duration(report.To - report.From)}\n\n");
        text.AppendJoin("", report.Causes.Select(cause => $"- ❌ **{Text(cause.Seen)}** ({Text(cause.Where)}): {Text(cause.Remedy)}\n"));
        text.AppendJoin("", report.Findings.Take(MostFindings).Select(finding => $"- {(finding.Severity == Severity.Error ? "❌" : "⚠️")} {Text(finding.Seen)}{(finding.Where.Length > 0 ? $" ({Text(finding.Where)})" : "")}\n"));
        text.Append(More(report.Findings.Count, MostFindings, "findings")).Append('\n');
        Table(text, ["Stage", "Outcome", "Took"], [.. report.Stages.Select(stage => (string[])[stage.Target, $"{Icon(stage.Outcome)} {Word(stage.Outcome)}", ReportText.Duration(stage.To - stage.From)])]);
        if (report is not { Repair: null, Rollback: null })
            text.Append($"### {ReportText.RecoveryTitle(report)}\n\n").AppendJoin("", ReportText.Recovery(report).Select(line => $"- {Text(line)}\n")).Append('\n');
        foreach (var rollout in report.Rollouts)
            Add(text, rollout);
        AddEvidence(text, report.EvidenceBeforeRollback, "Mounted files before the rollback");
        AddEvidence(text, report.Evidence, "Mounted files");
        AddChanges(text, [.. report.Changes.Where(change => change.Kind != ObjectChangeKind.Unchanged)]);
        return Cut(text.ToString());
    }

    private static void Add(StringBuilder text, RolloutRecord rollout)
    {
        text.Append($"### Rollout of {rollout.Change}\n\n");
        Table(text, ["Workload", "Verdict", "Fewest ready / promised", "Below for"], [.. rollout.Workloads.Take(MostRows).Select(workload => (string[])
        [
            Text(workload.Workload.ToString()),
            Text(workload.Verdict.Reason),
            $"{workload.Availability.FewestReady?.ToString() ?? "–"} / {workload.Availability.Promised}",
            workload.Availability.SecondsBelow > 0 ? $"**{workload.Availability.SecondsBelow:0.0} s**" : "–",
        ])]);
        if (rollout.Probe is { } probe)
            text.Append(Text(AvailabilityLines.Of(probe))).Append("\n\n");
    }

    private static void AddEvidence(StringBuilder text, IReadOnlyList<MountEvidence> evidence, string title)
    {
        if (evidence.Count == 0)
            return;
        text.Append($"### {title}: {evidence.Count(row => row.Verdict == MountVerdict.Proven)} of {evidence.Count} proven\n\n");
        Table(text, ["Pod", "Path", "Seen", "Read-only", "Verdict"], [.. evidence.OrderByDescending(row => row.Verdict != MountVerdict.Proven).Take(MostRows).Select(row => (string[])
        [
            Text(row.Pod.Length > 0 ? row.Pod : row.Mount.Workload.ToString()),
            Text(row.Mount.Path),
            row.SeenSha256 is { } hash ? hash[..ReportText.ShortHash] : "?",
            ReportText.YesNo(row.ReadOnly),
            $"{ReportText.Of(row.Verdict)}{(row.Reason.Length > 0 ? ": " : "")}{Text(row.Reason)}",
        ])]);
        text.Append(More(evidence.Count, MostRows, "rows"));
    }

    private static void AddChanges(StringBuilder text, IReadOnlyList<ObjectChange> changes)
    {
        if (changes.Count == 0)
            return;
        List<string> lines = [.. changes.SelectMany(change => change.Lines.Select(line => line.Length > LongestText ? line[..LongestText] : line).Prepend($"@@ {change.Kind.ToString().ToLowerInvariant()} {change.Identity} @@"))];
        text.Append($"<details><summary>{changes.Count} objects differ</summary>\n\n<pre lang=\"diff\">\n");
        text.AppendJoin('\n', lines.Take(MostDiffLines).Select(System.Net.WebUtility.HtmlEncode));
        text.Append($"\n</pre>\n\n</details>\n\n{More(lines.Count, MostDiffLines, "lines")}");
    }

    private static void Table(StringBuilder text, string[] headings, IReadOnlyList<string[]> rows)
    {
        text.Append($"| {string.Join(" | ", headings)} |\n|{string.Concat(headings.Select(_ => " --- |"))}\n");
        foreach (var row in rows)
            text.Append($"| {string.Join(" | ", row)} |\n");
        text.Append('\n');
    }

    private static string More(int all, int most, string what) => all > most ? $"{all - most} more {what}: artifacts/report/index.html\n\n" : "";

    private static string Text(string text)
    {
        var escaped = new StringBuilder();
        foreach (var letter in text.Length > LongestText ? text[..LongestText] + "…" : text)
            _ = letter is '\n' or '\r' ? escaped.Append("<br>") : Special.Contains(letter, StringComparison.Ordinal) ? escaped.Append($"&#{(int)letter};") : escaped.Append(letter);
        return escaped.ToString();
    }

    private static string Word(RunOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static string Icon(RunOutcome outcome) => outcome switch { RunOutcome.Succeeded => "✅", RunOutcome.Failed => "❌", RunOutcome.Interrupted => "⚠️", _ => "⏳" };

    // The caps above keep it well below; this is for what nobody thought of.
    private static string Cut(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MostBytes)
            return text;
        const string Rest = "\n\n…\n\nCut here; all of it is in artifacts/report/index.html\n";
        var length = text.Length;
        while (Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) > MostBytes - Rest.Length)
            length = length * 9 / 10;
        return text[..length] + Rest;
    }
}
