using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using DifyUpgrade.Reports;
using DifyUpgrade.Reports.Page;
using Json.Schema;
using Xunit;

namespace DifyUpgrade.Tests.Reports;

public sealed class ReportFormTests
{
    [Fact]
    public void The_published_schema_is_the_one_that_the_records_make()
    {
        var made = ReportJson.MakeSchema();
        if (made != ReportJson.PublishedSchema)
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "report.schema.received.json"), made);
        Assert.True(made == ReportJson.PublishedSchema, $"src/DifyUpgrade/Reports/report.schema.json is not what the records make; that lies in {AppContext.BaseDirectory}report.schema.received.json");
    }

    [Fact]
    public void A_report_is_valid_by_its_schema_and_comes_back_the_same()
    {
        var schema = JsonSchema.FromText(ReportJson.PublishedSchema);
        foreach (var report in (RunReport[])[SampleReport.Upgrade(10), SampleReport.Failure(10), SampleReport.Recovery()])
        {
            var json = ReportJson.Write(report);
            using var document = JsonDocument.Parse(json);
            var seen = schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
            Assert.True(seen.IsValid, string.Join('\n', (seen.Details ?? []).Where(detail => detail.Errors is not null).Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")));
            Assert.Equal(json, ReportJson.Write(ReportJson.Read(json)));
        }
    }

    [Theory]
    [InlineData("release", "name")]
    [InlineData("rollouts", null)]
    public void A_report_that_lacks_something_is_not_valid_by_its_schema(string property, string? inner)
    {
        var json = JsonNode.Parse(ReportJson.Write(SampleReport.Upgrade(3)))!.AsObject();
        Assert.True((inner is null ? json : json[property]!.AsObject()).Remove(inner ?? property));
        using var document = JsonDocument.Parse(json.ToJsonString());
        Assert.False(JsonSchema.FromText(ReportJson.PublishedSchema).Evaluate(document.RootElement).IsValid);
    }

    [Fact]
    public void Nothing_in_a_record_becomes_markup()
    {
        var report = SampleReport.Recovery();
        var page = ReportPage.Of(report);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', page);
        Assert.Contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", MarkdownSummary.Of(report), StringComparison.Ordinal);
        Assert.Contains("&#60;script&#62;", MarkdownSummary.Of(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repair_and_a_rollback_stand_beside_the_failure_in_what_people_read()
    {
        foreach (var form in (Func<RunReport, string>[])[MarkdownSummary.Of, ReportPage.Of])
        {
            var text = form(SampleReport.Recovery());
            Assert.Contains("Upgrade failed, rolled back to revision 5", text, StringComparison.Ordinal);
            Assert.Contains("prompts.py lacks LLM", text.Replace("&#95;", "_", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains("Repair and rollback", text, StringComparison.Ordinal);
            Assert.Contains("Revision 6 was pending-upgrade, but nobody was at work on it", text, StringComparison.Ordinal);
            Assert.Contains("Revision 8 is revision 5 again, after revision 7; the ConfigMap was given back its prompts", text, StringComparison.Ordinal);
            Assert.Contains("Dify goes from 1.12.1 back to 1.11.4", text, StringComparison.Ordinal);
            Assert.Contains("before the rollback", text, StringComparison.Ordinal);
            Assert.DoesNotContain("rollback", form(SampleReport.Upgrade(10)), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void The_page_asks_nothing_of_a_network_and_runs_nothing()
    {
        var page = ReportPage.Of(SampleReport.Upgrade(10));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_counts_stages_workloads_and_files_and_what_was_not_checked_is_skipped()
    {
        var suites = XDocument.Parse(JunitReport.Of(SampleReport.Failure(10))).Root!.Elements("testsuite").ToDictionary(suite => suite.Attribute("name")!.Value, suite => $"{suite.Attribute("tests")!.Value} tests, {suite.Attribute("failures")!.Value} failures, {suite.Attribute("skipped")!.Value} skipped");
        Assert.Equal("4 tests, 1 failures, 0 skipped", suites["stages"]);
        Assert.Equal("3 tests, 1 failures, 0 skipped", suites["rollout"]);
        Assert.Equal("3 tests, 1 failures, 1 skipped", suites["mounts"]);
    }

    [Fact]
    public void The_summary_stays_below_what_GitHub_takes_whatever_it_has_to_tell()
    {
        var huge = string.Concat(Enumerable.Repeat("<>|`", 50_000));
        var report = SampleReport.Failure(1000);
        report = report with
        {
            Findings = [.. Enumerable.Range(0, 1000).Select(i => Finding.Error($"{i} {huge}", huge, huge))],
            Changes = [.. report.Changes.Select(change => change with { Lines = [.. Enumerable.Repeat(huge, 5000)] })],
        };
        Assert.InRange(Encoding.UTF8.GetByteCount(MarkdownSummary.Of(report)), 1000, MarkdownSummary.MostBytes);
    }

    [Fact]
    public void A_report_on_a_thousand_pods_has_at_most_5_MiB()
    {
        var report = SampleReport.Upgrade(1000);
        var bytes = new[] { ReportJson.Write(report), ReportPage.Of(report), JunitReport.Of(report), MarkdownSummary.Of(report) }.Sum(Encoding.UTF8.GetByteCount);
        Assert.InRange(bytes, 1_000_000, 5 * 1024 * 1024);
    }

    [Fact]
    public void A_secret_that_got_into_a_record_does_not_leave_it()
    {
        var report = SampleReport.Recovery();
        var leaky = report with
        {
            Findings = [Finding.Error("said hunter2-secret", "at hunter2-secret", "type hunter2-secret")],
            Rollouts = [report.Rollouts[0] with { HelmSaid = "hunter2-secret", Pods = [report.Rollouts[0].Pods[0] with { Summary = "hunter2-secret" }] }],
            Evidence = [report.Evidence[0] with { Reason = "hunter2-secret" }],
            Changes = [report.Changes[0] with { Lines = ["+ hunter2-secret"] }],
            EvidenceBeforeRollback = [report.Evidence[0] with { Reason = "hunter2-secret" }],
            Repair = report.Repair! with { Why = "hunter2-secret" },
            Rollback = report.Rollback! with { DatabaseNotice = "hunter2-secret" },
        };
        var safe = ReportRedaction.Of(leaky, new Redactor(["hunter2-secret"]));
        foreach (var text in (string[])[ReportJson.Write(safe), JunitReport.Of(safe), MarkdownSummary.Of(safe), ReportPage.Of(safe)])
            Assert.DoesNotContain("hunter2-secret", text, StringComparison.Ordinal);
    }
}
