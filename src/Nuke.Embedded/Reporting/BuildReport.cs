using System.Net;
using Serilog.Events;

namespace Nuke.Common.Reporting;

/// <summary>What a build writes at its end: warnings and errors again, a line for each target, the outcome.</summary>
internal sealed class BuildReport(NukeBuild build, Session session)
{
    private const int StatusWidth = 10;
    private const int DurationWidth = 10;

    private readonly int _nameWidth = Math.Max(build.ExecutionPlan.Max(target => target.Name.Length) + 4, 19);

    private IEnumerable<ExecutableTarget> Shown => build.ExecutionPlan.Where(target => target.Status != ExecutionStatus.Collective);

    private int TotalWidth => _nameWidth + StatusWidth + DurationWidth;

    public static void WriteLogo()
    {
        var version = typeof(NukeBuild).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        Console.Out.WriteLine($"NUKE build, embedded engine {version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})");
    }

    public void Write(int exitCode)
    {
        WriteProblems();
        WriteTargets();
        Console.Out.WriteLine();
        var outcome = Outcome(exitCode);
        Console.Out.WriteLine(exitCode switch
        {
            0 => Colour.Success(outcome + " ＼（＾ᴗ＾）／"),
            PlannedRun.Interrupted => Colour.Warning(outcome),
            _ => Colour.Error(outcome + " (╯°□°）╯︵ ┻━┻"),
        });
        session.Host.ReportRun(Markdown(outcome));
    }

    private static string Facts(ExecutableTarget target)
        => string.Join(", ", target.SummaryInformation.Select(fact => $"{fact.Key}: {fact.Value}"));

    private static string Cell(string text) => WebUtility.HtmlEncode(text).Replace("|", "&#124;", StringComparison.Ordinal);

    private string Outcome(int exitCode)
    {
        var how = exitCode switch { 0 => "succeeded", PlannedRun.Interrupted => "interrupted", _ => "failed" };
        return $"Build {how} on {session.Time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}.";
    }

    private string Markdown(string outcome)
    {
        var text = new StringBuilder($"### {outcome}\n\n| Target | Status | Duration | |\n| --- | --- | ---: | --- |\n");
        foreach (var target in Shown)
            text.Append($"| {target.Name} | {target.Status} | {Cell(DurationOf(target))} | {Cell(Facts(target))} |\n");
        text.Append('\n');
        foreach (var (level, target, problem) in Logging.Problems)
            text.Append($"- {(level == LogEventLevel.Warning ? "⚠️" : "❌")} {(target.Length > 0 ? target + ": " : "")}{Cell(problem)}\n");
        return text.ToString();
    }

    private static string DurationOf(ExecutableTarget target)
        => target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Aborted ? Describe(target.Duration) : "";

    private static string Describe(TimeSpan duration)
        => duration < TimeSpan.FromSeconds(1) ? "< 1sec" : $"{(int)duration.TotalMinutes}:{duration.Seconds:00}";

    private void WriteProblems()
    {
        if (Logging.Problems is not { Count: > 0 } problems)
            return;

        const string Title = "Errors & Warnings";
        session.Host.BeginSection(Title);
        foreach (var (level, target, text) in problems)
        {
            var line = $"[{(level == LogEventLevel.Warning ? "WRN" : "ERR")}] {(target.Length > 0 ? target + ": " : "")}{text}";
            Console.Out.WriteLine(level == LogEventLevel.Warning ? Colour.Warning(line) : Colour.Error(line));
        }

        session.Host.EndSection(Title);
    }

    private void WriteTargets()
    {
        var total = Shown.Aggregate(TimeSpan.Zero, (sum, target) => sum + target.Duration);
        Console.Out.WriteLine();
        Console.Out.WriteLine(new string('═', TotalWidth));
        Console.Out.WriteLine(Colour.Information(Line("Target", "Status", "Duration")));
        Console.Out.WriteLine(new string('─', TotalWidth));
        foreach (var target in Shown)
            Console.Out.WriteLine(Describe(target));
        Console.Out.WriteLine(new string('─', TotalWidth));
        Console.Out.WriteLine(Colour.Information(Line("Total", "", Describe(total))));
        Console.Out.WriteLine(new string('═', TotalWidth));
    }

    private string Describe(ExecutableTarget target)
    {
        var line = Line(target.Name, target.Status.ToString(), DurationOf(target));
        var facts = Facts(target);
        line = facts.Length > 0 ? $"{line}   // {facts}" : line.TrimEnd();
        return target.Status switch
        {
            ExecutionStatus.Succeeded => Colour.Success(line),
            ExecutionStatus.Failed => Colour.Error(line),
            ExecutionStatus.Aborted or ExecutionStatus.NotRun => Colour.Warning(line),
            _ => line,
        };
    }

    private string Line(string target, string status, string duration)
        => target.PadRight(_nameWidth) + status.PadRight(StatusWidth) + duration.PadLeft(DurationWidth);
}
