using System.Collections.Concurrent;

namespace Nuke.Common.Tooling;

/// <summary>A process whose output is kept and handed on line by line.</summary>
internal sealed class RunningProcess : IProcess
{
    private const int SigTerm = 15;

    private readonly ConcurrentQueue<Output> _output = new();
    private readonly Process _process;
    private readonly CancellationTokenRegistration _interrupt;
    private readonly int? _timeout;
    private bool _isInterrupted;

    /// <param name="start">What to start, with both streams redirected.</param>
    /// <param name="timeout">Milliseconds; null to wait for ever.</param>
    /// <param name="logger">Gets every line.</param>
    /// <param name="filter">Takes secrets out of every line.</param>
    public RunningProcess(ProcessStartInfo start, int? timeout, Action<OutputType, string>? logger, Func<string, string> filter)
    {
        _timeout = timeout;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Receive(OutputType.Std, line.Data);
        _process.ErrorDataReceived += (_, line) => Receive(OutputType.Err, line.Data);
        Arguments = filter(start.Arguments);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _interrupt = Interrupt.Token.Register(EndInOrder);

        void Receive(OutputType type, string? text)
        {
            if (text is null)
                return;

            text = filter(text);
            _output.Enqueue(new Output { Type = type, Text = text });
            logger?.Invoke(type, text);
        }
    }

    public string FileName => _process.StartInfo.FileName;

    public string Arguments { get; }

    public string WorkingDirectory => _process.StartInfo.WorkingDirectory;

    public IReadOnlyCollection<Output> Output => _output;

    public int ExitCode => _process.ExitCode;

    public void Kill() => _process.Kill(entireProcessTree: true);

    public bool WaitForExit()
    {
        var hasExited = _process.WaitForExit(_timeout ?? int.MaxValue);
        if (!hasExited)
            Kill();
        // The rest of its output. What an interrupted tool leaves running may hold its streams open for ever.
        if (!_isInterrupted)
            _process.WaitForExit();
        return hasExited;
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _process.Dispose();
    }

    // From a terminal Ctrl-C reaches the tool by itself; SIGTERM reaches only us, and .NET can send no signal.
    private void EndInOrder()
    {
        if (_process.HasExited)
            return;

        _isInterrupted = true;
        if (OperatingSystem.IsWindows())
            Kill();
        else
            _ = SendSignal(_process.Id, SigTerm);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
