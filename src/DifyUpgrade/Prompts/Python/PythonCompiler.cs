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
        var run = await new PythonProcess(program, time).RunAsync(Script, [], content, Limit, cancellation);
        try
        {
            return run is { ExitCode: 0 } ? JsonSerializer.Deserialize<PythonVerdict>(run.Output, Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
