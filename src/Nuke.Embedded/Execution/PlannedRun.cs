namespace Nuke.Common.Execution;

/// <summary>Runs a build whose plan stands: checks, targets, summary, exit code.</summary>
internal sealed class PlannedRun(NukeBuild build, SkipRules skipRules, ParameterCatalog catalog, Session session)
{
    /// <summary>128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;

    private const int Failure = 255;

    private int ExitCode => ExitCodeOf(session, build.ExitCode, build.IsFailing);

    /// <summary>What the process ends with: an interrupt before what the build wants, and a failure never as 0.</summary>
    public static int ExitCodeOf(Session session, int? wanted, bool isFailing)
        => session.Interruption.IsRequested ? Interrupted
            : wanted is null or 0 && isFailing ? Failure
            : wanted ?? 0;

    public int Run(bool isContinued, bool noLogo)
    {
        session.Interruption.Listen();
        build.NoLogo |= noLogo;
        try
        {
            Start();
            var attempt = new BuildAttempt(build, catalog);
            skipRules.ApplyDone(attempt.Begin(isContinued));
            foreach (var target in build.ExecutionPlan)
                skipRules.ApplyConditions(target, target.Definition.StaticConditions);
            new Requirements(build, catalog, Prompt.For(session)).Check();

            new BuildRun(build, skipRules, attempt, session).ExecuteAsync().GetAwaiter().GetResult();
            if (ExitCode == 0)
                attempt.End();
            new BuildReport(build, session).Write(ExitCode);
        }
        finally
        {
            build.OnBuildFinished();
        }

        return ExitCode;
    }

    private void Start()
    {
        NukeBuild.TemporaryDirectory.CreateDirectory();
        Logging.Configure(session);
        build.OnBuildCreated();
        build.OnBuildInitialized();
        if (!build.NoLogo)
            BuildReport.WriteLogo();
    }
}
