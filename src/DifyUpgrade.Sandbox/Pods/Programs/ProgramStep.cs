namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>
/// What a program in a container does next. A program is a lazy sequence of steps, so one that runs for ever costs
/// nothing while it waits, and a container's program and an exec's command are run from the same code.
/// </summary>
internal abstract record ProgramStep;

/// <summary>It lets time pass.</summary>
/// <param name="PodTime">How much.</param>
internal sealed record Wait(TimeSpan PodTime) : ProgramStep;

/// <summary>It stays until it is told to go.</summary>
internal sealed record WaitForSignal : ProgramStep;

/// <summary>It writes.</summary>
/// <param name="Bytes">What.</param>
/// <param name="ToError">Whether to standard error.</param>
internal sealed record Write(ReadOnlyMemory<byte> Bytes, bool ToError) : ProgramStep
{
    /// <summary>A line of text.</summary>
    public static Write Line(string text, bool toError = false) => new(System.Text.Encoding.UTF8.GetBytes(text + "\n"), toError);
}

/// <summary>It reads a line of its input; whoever runs the program puts it in before going on.</summary>
internal sealed record ReadLine : ProgramStep
{
    /// <summary>The line with its line feed; null at the end of the input.</summary>
    public byte[]? Line { get; set; }
}

/// <summary>It listens on a port.</summary>
/// <param name="Port">The port.</param>
/// <param name="Answer">What it answers to GET of a path; null where it takes connections but speaks no HTTP.</param>
internal sealed record Listen(int Port, Func<string, HttpAnswer>? Answer) : ProgramStep;

/// <summary>From now on it leaves at once when told to go.</summary>
/// <param name="ExitCode">The exit code it then leaves with.</param>
internal sealed record HandleTermination(int ExitCode) : ProgramStep;

/// <summary>It ends.</summary>
/// <param name="Code">Its exit code.</param>
internal sealed record Exit(int Code) : ProgramStep;

/// <summary>What a port answers to an HTTP request.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpAnswer(int StatusCode, string Body);

/// <summary>It sends a process a signal.</summary>
/// <param name="Number">The signal's number.</param>
/// <param name="Process">The process' number in the container.</param>
internal sealed record Signal(int Number, int Process) : ProgramStep;
