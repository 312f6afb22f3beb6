namespace Nuke.Common.Execution;

/// <summary>Takes a build from the command line to the exit code.</summary>
internal sealed class Engine
{
    private const int Usage = 2;

    private readonly Session _session;
    private readonly Problems _problems = new();
    private readonly IReadOnlyList<string> _defaultTargets;
    private readonly ParameterCatalog _catalog;
    private readonly ParameterValues _values;
    private readonly CommandLine _line;
    private NukeBuild? _build;

    private Engine(Session session, Type buildType, IReadOnlyList<string> defaultTargets)
    {
        _session = session;
        _defaultTargets = defaultTargets;
        _catalog = ParameterCatalog.For(buildType);
        _line = new CommandLineParser(_catalog, TargetGraph.NamesOf(buildType), _problems).Parse(session.Arguments);
        _values = new ParameterValues(session, _catalog, _line, _problems);
    }

    public static int Run<T>(Session session, params Expression<Func<T, Target>>[] defaultTargets)
        where T : NukeBuild, new()
    {
        Session.Current = session;
        if (session.Arguments is [Completion.Command, ..])
            return Completion.Write(new T(), session, [.. session.Arguments.Skip(1)]);

        using var console = new MaskedConsole(session.Secrets);
        Engine? engine = null;
        try
        {
            engine = new Engine(session, typeof(T), [.. defaultTargets.Select(target => ((MemberExpression)target.Body).Member.Name)]);
            return engine.Run(() => new T(), console.Unmasked);
        }
        catch (Exception exception)
        {
            return ReportFailure(session, Unwrap(exception), engine?._build?.ExitCode);
        }
        finally
        {
            session.Interruption.Dispose();
            Log.CloseAndFlush();
        }
    }

    /// <summary>Takes off what reflection and tasks wrap around an exception.</summary>
    public static Exception Unwrap(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var inner] } => Unwrap(inner),
        _ => exception,
    };

    private static int ReportFailure(Session session, Exception exception, int? exitCode)
    {
        var isUsage = exception is UsageException;
        if (exception is OperationCanceledException && session.Interruption.IsRequested)
            return PlannedRun.Interrupted;

        Console.Error.WriteLine(isUsage ? exception.Message : exception.ToString());
        session.Host.ReportError(Console.Error, exception.Message);
        return isUsage ? Usage : PlannedRun.ExitCodeOf(session, exitCode, isFailing: true);
    }

    private int Run(Func<NukeBuild> create, TextWriter unmasked)
    {
        var hasRoot = FindRoot();
        _values.LoadFiles(hasRoot);
        ApplySettings();
        if (!hasRoot && !_line.WantsHelp)
            _problems.ThrowIfAny();

        var build = _build = create();
        var targets = TargetGraph.Create(build, _defaultTargets);
        _values.InjectInto(build);
        ExecutionPlanner.ThrowIfCircular(targets);
        if (hasRoot)
            KeepFiles(build, targets);
        if (_line.WantsHelp)
            return WriteHelp(build, targets);

        var skipped = ChooseTargets(targets);
        _problems.ThrowIfAny();
        if (_values.Read<bool>(_catalog.ShellCompletion) || _values.Read<string>(_catalog.GenerateConfiguration) is not null)
            return 0;

        build.ExecutionPlan = ExecutionPlanner.Plan(targets);
        if (build.ExecutionPlan.Count == 0)
            return WriteHelp(build, targets);

        _session.Host.Mask(unmasked, _session.Secrets.Texts);
        foreach (var target in build.ExecutionPlan)
            target.Status = ExecutionStatus.Scheduled;
        var skipRules = new SkipRules(build.ExecutionPlan);
        if (skipped is not null)
            skipRules.ApplyParameter(skipped);
        return _values.Read<bool>(_catalog.Plan)
            ? new PlanPage(build, targets, _session).Show()
            : new PlannedRun(build, skipRules, _catalog, _session).Run(_values.Read<bool>(_catalog.Continue), _values.Read<bool>(_catalog.NoLogo));
    }

    private bool FindRoot()
    {
        if ((_values.Read<AbsolutePath>(_catalog.Root) ?? _session.FindRoot()) is not { } root)
        {
            _problems.Add($"No folder from {_session.WorkingDirectory} upwards has a .nuke folder. Change to the build's folder, or give --root <folder>.");
            _session.RootDirectory = _session.WorkingDirectory;
            return false;
        }

        if (!root.DirectoryExists())
            _problems.Add($"The folder {root} that --root names does not exist.");
        _session.RootDirectory = root;
        return root.DirectoryExists();
    }

    private void ApplySettings()
    {
        NukeBuild.Verbosity = _values.Read<Verbosity?>(_catalog.Verbosity) ?? Verbosity.Normal;
        if (_values.Read<string>(_catalog.Host) is not { } name)
            return;

        if (Host.Find(name, _session) is { } host)
            _session.Host = host;
        else
            _problems.Add(NearestName.Describe("host", name, Host.Names));
    }

    private void KeepFiles(NukeBuild build, IReadOnlyList<ExecutableTarget> targets)
    {
        var files = new GeneratedFiles(_session, _problems);
        files.Keep(_session.RootDirectory / ".nuke" / "build.schema.json", BuildSchema.Write(_catalog, targets.Select(target => target.Name)));
        files.KeepWorkflows(build.GetType(), targets, _values.Read<string>(_catalog.GenerateConfiguration));
    }

    private int WriteHelp(NukeBuild build, IReadOnlyList<ExecutableTarget> targets)
    {
        Console.Out.Write(new HelpText(build, targets, _catalog).ToString());
        return 0;
    }

    /// <summary>Marks what the command line invokes and returns what it skips; null if nothing.</summary>
    private List<ExecutableTarget>? ChooseTargets(IReadOnlyList<ExecutableTarget> targets)
    {
        foreach (var target in Named(_values.Read<string[]>(_catalog.Target) ?? _line.Targets ?? []))
            target.Invoked = true;
        return _values.Read<string[]>(_catalog.Skip) is { } names ? Named(names) : null;

        List<ExecutableTarget> Named(IReadOnlyList<string> names)
        {
            foreach (var name in names.Where(name => !targets.Any(target => NearestName.AreEqual(target.Name, name))))
                _problems.Add(NearestName.Describe("target", name, [.. targets.Select(target => target.Name)]));
            return [.. targets.Where(target => names.Any(name => NearestName.AreEqual(target.Name, name)))];
        }
    }
}
