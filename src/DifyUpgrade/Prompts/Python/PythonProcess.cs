using System.ComponentModel;
using System.Diagnostics;

namespace DifyUpgrade.Prompts.Python;

/// <summary>Runs a script of ours in a Python of this machine, isolated: nothing but the standard library has a say.</summary>
/// <param name="program">The Python to start.</param>
/// <param name="time">Measures how long it may take.</param>
internal sealed class PythonProcess(string program, TimeProvider time)
{
    /// <summary>Runs a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">What it finds in <c>sys.argv</c>.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellation">Ends the wait, and Python.</param>
    /// <returns>How it ended; null when there is no such Python, or it took too long.</returns>
    public async Task<PythonRun?> RunAsync(
        string script, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, TimeSpan limit, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        var start = new ProcessStartInfo(program, ["-I", "-S", "-c", script, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            await using var stop = either.Token.Register(() => process.Kill(entireProcessTree: true));
            return await TalkAsync(process, input, either.Token);
        }
        catch (Exception none) when (none is Win32Exception or IOException || (none is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<PythonRun> TalkAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.BaseStream.WriteAsync(input, cancellation);
        process.StandardInput.Close();
        await Task.WhenAll(output, errors, process.WaitForExitAsync(cancellation));
        return new PythonRun(process.ExitCode, await output, await errors);
    }
}

/// <summary>How a script ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record PythonRun(int ExitCode, string Output, string Errors);
