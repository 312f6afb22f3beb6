using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Images;
using DifyUpgrade.Sandbox.Pods.Programs;
using DifyUpgrade.Sandbox.Pods.Shell;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>One instance of a container, from its start to its end. A restart makes another.</summary>
/// <param name="context">What its program finds; null for one that could not be started.</param>
/// <param name="image">The image it was made of.</param>
/// <param name="due">Where its program waits.</param>
internal sealed class ContainerRun(ProgramContext? context, ContainerImage image, DueQueue due)
{
    // A program that never waits would stop everything else.
    private const int StepsAtOnce = 1000;
    private const int FirstCommand = 42;

    private readonly Dictionary<int, Func<string, HttpAnswer>?> _ports = [];
    private IEnumerator<ProgramStep>? _program;
    private Action<int>? _ended;
    private DueAction? _next;
    private int? _exitOnTermination;
    private int _commands;

    /// <summary>The instance's id.</summary>
    public string Id { get; } = $"containerd://{Guid.NewGuid():N}{Guid.NewGuid():N}";

    /// <summary>What its program finds; null for one that could not be started.</summary>
    public ProgramContext? Context { get; } = context;

    /// <summary>The image it was made of.</summary>
    public ContainerImage Image { get; } = image;

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; } = context?.Time.GetUtcNow() ?? DateTimeOffset.UnixEpoch;

    /// <summary>What it wrote.</summary>
    public ContainerLog Log { get; } = new();

    /// <summary>Whether its program runs.</summary>
    public bool IsRunning => _program is not null;

    /// <summary>Told when it has ended, for those who run commands in it.</summary>
    public CancellationTokenSource Ended { get; } = new();

    /// <summary>Whether something listens on a port.</summary>
    public bool Listens(int port) => _ports.ContainsKey(port);

    /// <summary>What a port answers.</summary>
    /// <returns>Null where nothing listens, or what listens speaks no HTTP.</returns>
    public HttpAnswer? Get(int port, string path) => _ports.GetValueOrDefault(port)?.Invoke(path);

    /// <summary>What a command finds that is run in it.</summary>
    public ProgramContext ContextOf(IReadOnlyList<string> command) =>
        Context! with { Arguments = command, Process = FirstCommand + (_commands++ * 7), Get = Get, Input = ReadOnlyMemory<byte>.Empty };

    /// <summary>Runs the program.</summary>
    /// <param name="program">Its steps.</param>
    /// <param name="ended">Told the exit code in the end.</param>
    public void Start(IEnumerable<ProgramStep> program, Action<int> ended)
    {
        (_program, _ended) = (program.GetEnumerator(), ended);
        Continue();
    }

    /// <summary>Asks it to end; a program that does not care goes on, as the first process of a container does.</summary>
    public void Terminate()
    {
        if (_exitOnTermination is { } code)
            End(code);
    }

    /// <summary>Ends it at once.</summary>
    public void End(int exitCode)
    {
        if (_program is null)
            return;
        var ended = _ended;
        Abandon();
        ended?.Invoke(exitCode);
    }

    /// <summary>Ends it at once, and nobody is told.</summary>
    public void Abandon()
    {
        if (_program is null)
            return;
        _program = null;
        _ended = null;
        _next?.Cancel();
        _ports.Clear();
        Log.End(Context!.Time.GetUtcNow());
        _ = Ended.CancelAsync();
    }

    private void Continue()
    {
        try
        {
            for (var steps = 0; _program is not null; steps++)
            {
                if (!_program.MoveNext())
                {
                    End(0);
                    return;
                }

                var wait = steps > StepsAtOnce ? TimeSpan.FromMilliseconds(100) : TimeSpan.Zero;
                if (Take(_program.Current, ref wait))
                    return;
                if (wait > TimeSpan.Zero)
                {
                    _next = due.After(wait, Continue);
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is ShellSyntaxException or FileError)
        {
            Log.Add(Context!.Time.GetUtcNow(), Write.Line(failure.Message).Bytes.Span, toError: true);
            End(2);
        }
    }

    // Whether the program is over or waits for ever.
    private bool Take(ProgramStep step, ref TimeSpan wait)
    {
        switch (step)
        {
            case Wait waiting:
                wait = waiting.PodTime;
                return false;
            case Write write:
                Log.Add(Context!.Time.GetUtcNow(), write.Bytes.Span, write.ToError);
                return false;
            case Listen listen:
                _ports[listen.Port] = listen.Answer;
                return false;
            case HandleTermination handle:
                _exitOnTermination = handle.ExitCode;
                return false;
            case Exit exit:
                End(exit.Code);
                return true;
            default:
                return step is WaitForSignal;
        }
    }
}
