using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Nuke.Common.Execution;
using Serilog.Events;

namespace Nuke.Common.Reporting;

/// <summary>What a build writes at its end: warnings and errors again, a line for each target, the outcome.</summary>
internal sealed class BuildReport(NukeBuild build, Session session)
{
    private const int StatusWidth = 10;
    private const int DurationWidth = 10;

    private readonly int _nameWidth = Math.Max(build.ExecutionPlan.Max(target => target.Name.Length) + 4, 19);

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
        var now = session.Time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        Console.Out.WriteLine(exitCode switch
        {
            0 => Colour.Success($"Build succeeded on {now}. ＼（＾ᴗ＾）／"),
            Engine.Interrupted => Colour.Warning($"Build interrupted on {now}."),
            _ => Colour.Error($"Build failed on {now}. (╯°□°）╯︵ ┻━┻"),
        });
    }

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
        var shown = build.ExecutionPlan.Where(target => target.Status != ExecutionStatus.Collective).ToList();
        var total = shown.Aggregate(TimeSpan.Zero, (sum, target) => sum + target.Duration);
        Console.Out.WriteLine();
        Console.Out.WriteLine(new string('═', TotalWidth));
        Console.Out.WriteLine(Colour.Information(Line("Target", "Status", "Duration")));
        Console.Out.WriteLine(new string('─', TotalWidth));
        foreach (var target in shown)
            Console.Out.WriteLine(Describe(target));
        Console.Out.WriteLine(new string('─', TotalWidth));
        Console.Out.WriteLine(Colour.Information(Line("Total", "", Describe(total))));
        Console.Out.WriteLine(new string('═', TotalWidth));
    }

    private string Describe(ExecutableTarget target)
    {
        var hasRun = target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Aborted;
        var line = Line(target.Name, target.Status.ToString(), hasRun ? Describe(target.Duration) : "");
        var facts = string.Join(", ", target.SummaryInformation.Select(fact => $"{fact.Key}: {fact.Value}"));
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
