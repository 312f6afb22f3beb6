using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common.IO;
using Nuke.Common.Reporting;
using Nuke.Common.ValueInjection;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Takes a build from the command line to the exit code.</summary>
internal sealed class Engine
{
    /// <summary>128 + SIGINT, as shells count. The build class sets it when it is interrupted.</summary>
    public const int Interrupted = 130;

    private const int Usage = 2;
    private const int Failure = 255;

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
        using var console = new MaskedConsole(session.Secrets);
        Engine? engine = null;
        try
        {
            engine = new Engine(session, typeof(T), [.. defaultTargets.Select(target => ((MemberExpression)target.Body).Member.Name)]);
            return engine.Run(() => new T());
        }
        catch (Exception exception)
        {
            return ReportFailure(session, Unwrap(exception), engine?._build?.ExitCode);
        }
        finally
        {
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
        Console.Error.WriteLine(isUsage ? exception.Message : exception.ToString());
        session.Host.ReportError(Console.Error, exception.Message);
        return isUsage ? Usage : ExitCodeOf(exitCode, isFailing: true);
    }

    private static int ExitCodeOf(int? wanted, bool isFailing) => wanted is null or 0 && isFailing ? Failure : wanted ?? 0;

    private int Run(Func<NukeBuild> create)
    {
        var hasRoot = FindRoot();
        _values.LoadFiles(hasRoot);
        ApplySettings();
        if (!hasRoot && !_line.WantsHelp)
            _problems.ThrowIfAny();

        _build = create();
        var targets = TargetGraph.Create(_build, _defaultTargets);
        _values.InjectInto(_build);
        if (_line.WantsHelp)
            return WriteHelp(targets);

        var skipped = ChooseTargets(targets);
        _problems.ThrowIfAny();
        _build.ExecutionPlan = ExecutionPlanner.Plan(targets);
        return _build.ExecutionPlan.Count == 0 ? WriteHelp(targets) : RunPlan(_build, skipped);
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

    private int WriteHelp(IReadOnlyList<ExecutableTarget> targets)
    {
        Console.Out.Write(new HelpText(_build!, targets, _catalog).ToString());
        return 0;
    }

    /// <summary>Marks what the command line invokes and returns what it skips; null if nothing.</summary>
    private List<ExecutableTarget>? ChooseTargets(IReadOnlyList<ExecutableTarget> targets)
    {
        foreach (var target in Named(_values.Read<string[]>(_catalog.Target) ?? _line.Targets ?? []))
            target.Invoked = true;
        return _values.Read<string[]>(_catalog.Skip) is { } names ? Named(names) : null;

        List<ExecutableTarget> Named(IEnumerable<string> names)
        {
            var found = new List<ExecutableTarget>();
            foreach (var name in names)
            {
                if (targets.FirstOrDefault(target => NearestName.AreEqual(target.Name, name)) is { } target)
                    found.Add(target);
                else
                    _problems.Add(NearestName.Describe("target", name, [.. targets.Select(candidate => candidate.Name)]));
            }

            return found;
        }
    }

    private int RunPlan(NukeBuild build, List<ExecutableTarget>? skipped)
    {
        try
        {
            Start(build);
            var skipRules = new SkipRules(build.ExecutionPlan);
            if (skipped is not null)
                skipRules.ApplyParameter(skipped);
            foreach (var target in build.ExecutionPlan)
                skipRules.ApplyConditions(target, target.Definition.StaticConditions);
            Requirements.Check(build, _catalog);

            new BuildRun(build, skipRules, _session).ExecuteAsync().GetAwaiter().GetResult();
            new BuildReport(build, _session).Write(ExitCodeOf(build.ExitCode, build.IsFailing));
        }
        finally
        {
            build.OnBuildFinished();
        }

        return ExitCodeOf(build.ExitCode, build.IsFailing);
    }

    private void Start(NukeBuild build)
    {
        build.NoLogo |= _values.Read<bool?>(_catalog.NoLogo) ?? false;
        NukeBuild.TemporaryDirectory.CreateDirectory();
        Logging.Configure(_session);
        build.OnBuildCreated();
        build.OnBuildInitialized();
        if (!build.NoLogo)
            BuildReport.WriteLogo();
    }
}
