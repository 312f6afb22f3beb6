using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DifyUpgrade.Mounts;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Reports;

/// <summary>
/// <c>junit.xml</c>: stages, workloads and mounted files as test cases, for the pages that CI systems make of them. What
/// was not checked is skipped, never passed. Pure.
/// </summary>
internal static class JunitReport
{
    /// <summary>Writes it.</summary>
    /// <param name="report">The report, redacted.</param>
    /// <returns>The XML.</returns>
    public static string Of(RunReport report)
    {
        XElement[] suites =
        [
            Suite("stages", report.Stages.Select(Case)),
            Suite("rollout", report.Rollouts.SelectMany(rollout => rollout.Workloads.Select(workload => Case(rollout, workload)))),
            Suite("mounts", report.Evidence.Select(Case)),
        ];
        var root = new XElement("testsuites", new XAttribute("name", $"{report.Release.Name} in {report.Release.Namespace}"), suites.Where(suite => suite.HasElements));
        return new XDocument(new XDeclaration("1.0", "utf-8", null), root).Declaration + "\n" + root + "\n";
    }

    private static XElement Suite(string name, IEnumerable<XElement> cases)
    {
        List<XElement> all = [.. cases];
        return new XElement(
            "testsuite",
            new XAttribute("name", name),
            new XAttribute("tests", all.Count),
            new XAttribute("failures", all.Count(one => one.Element("failure") is not null)),
            new XAttribute("errors", 0),
            new XAttribute("skipped", all.Count(one => one.Element("skipped") is not null)),
            all);
    }

    private static XElement Case(StageRecord stage) => Case("stages", stage.Target, stage.To - stage.From, stage.Outcome switch
    {
        RunOutcome.Succeeded => null,
        RunOutcome.Failed => Failure(string.Join('\n', stage.Findings.Select(finding => $"{finding.Seen}\n  where: {finding.Where}\n  next:  {finding.Remedy}"))),
        _ => Skipped(stage.Outcome == RunOutcome.Interrupted ? "interrupted" : "not finished"),
    });

    private static XElement Case(RolloutRecord rollout, WorkloadRecord workload) => Case(
        $"rollout.{rollout.Change}",
        workload.Workload.ToString(),
        rollout.To - rollout.From,
        workload.Verdict.Phase == RolloutPhase.Complete ? null : Failure(workload.Verdict.Reason));

    private static XElement Case(MountEvidence row) => Case("mounts", $"{(row.Pod.Length > 0 ? row.Pod : row.Mount.Workload)} {row.Mount.Container} {row.Mount.Path}", TimeSpan.Zero, row.Verdict switch
    {
        MountVerdict.Proven => null,
        MountVerdict.Refuted => Failure(row.Reason),
        _ => Skipped("not checked: " + row.Reason),
    });

    private static XElement Case(string suite, string name, TimeSpan took, XElement? outcome) => new(
        "testcase",
        new XAttribute("classname", Clean(suite)),
        new XAttribute("name", Clean(name)),
        new XAttribute("time", took.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)),
        outcome);

    private static XElement Failure(string said) => new("failure", new XAttribute("message", Clean(said.Split('\n')[0])), Clean(said));

    private static XElement Skipped(string why) => new("skipped", new XAttribute("message", Clean(why)));

    // A colour code in a log line is no character of XML, and half a surrogate pair is none either.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)));
}
