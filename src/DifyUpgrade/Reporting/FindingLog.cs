using Serilog;

namespace DifyUpgrade.Reporting;

/// <summary>Says what a stage's checks saw, and ends the stage when one of them is an error.</summary>
internal static class FindingLog
{
    /// <summary>Logs findings that the run goes on after; throws all errors at once.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="findings">What was seen.</param>
    /// <exception cref="DeploymentException">At least one finding is an error.</exception>
    public static void Report(this ILogger log, IReadOnlyCollection<Finding> findings)
    {
        foreach (var finding in findings)
        {
            if (finding.Severity == Severity.Warning)
                log.Warning("{Seen:l} ({Where:l}). {Remedy:l}", finding.Seen, finding.Where, finding.Remedy);
            else if (finding.Severity == Severity.Information)
                log.Information("{Seen:l} ({Where:l}). {Remedy:l}", finding.Seen, finding.Where, finding.Remedy);
        }

        List<Finding> errors = [.. findings.Where(finding => finding.Severity == Severity.Error)];
        if (errors.Count > 0)
            throw new DeploymentException(ExitCode.NothingChanged, errors);
    }

    /// <summary>Logs lines one by one, as they are.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="lines">The lines.</param>
    public static void Lines(this ILogger log, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            log.Information("{Line:l}", line);
    }
}
