using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace DifyUpgrade.Prompts.Python;

/// <summary>Has a python3 on PATH compile a file. Compiling runs nothing of it, and the file comes by a pipe.</summary>
/// <param name="program">The Python to start.</param>
/// <param name="time">Measures how long it may take.</param>
internal sealed class PythonCompiler(string program, TimeProvider time)
{
    private const string Script = """
        import json, sys, warnings
        warnings.simplefilter("ignore")
        error = None
        try:
            compile(sys.stdin.buffer.read(), "prompts.py", "exec", dont_inherit=True)
        except SyntaxError as refused:
            error = {"message": refused.msg, "line": refused.lineno, "column": refused.offset}
        except Exception as refused:
            error = {"message": f"{type(refused).__name__}: {refused}"}
        print(json.dumps({"version": "%d.%d.%d" % sys.version_info[:3], "error": error}))
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Asks.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="cancellation">Ends the wait, and Python.</param>
    /// <returns>What it said; null when there is no Python that answers.</returns>
    public async Task<PythonVerdict?> AskAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);

        // Isolated and without site-packages: nothing but Python itself has a say.
        var start = new ProcessStartInfo(program, ["-I", "-S", "-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var stop = either.Token.Register(() => process.Kill(entireProcessTree: true));
            return await TalkAsync(process, content, either.Token);
        }
        catch (Exception none) when (none is Win32Exception or IOException or JsonException || (none is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<PythonVerdict?> TalkAsync(Process process, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.BaseStream.WriteAsync(content, cancellation);
        process.StandardInput.Close();
        await Task.WhenAll(output, errors, process.WaitForExitAsync(cancellation));
        return process.ExitCode == 0 ? JsonSerializer.Deserialize<PythonVerdict>(await output, Json) : null;
    }
}
