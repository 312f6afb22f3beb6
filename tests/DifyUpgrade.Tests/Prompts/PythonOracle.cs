using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

/// <summary>Asks the python3 on PATH what it makes of files, by Cases/oracle/names.py.</summary>
internal static class PythonOracle
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Asks once for many files.</summary>
    /// <param name="files">Content by name.</param>
    /// <param name="run">Whether to run each file and list its globals; for our own cases only.</param>
    /// <returns>The answer; the test is skipped when there is no python3.</returns>
    public static async Task<OracleAnswer> AskAsync(IReadOnlyDictionary<string, byte[]> files, bool run)
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(TestFiles.Cases, "oracle", "names.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = TryStart(start);
        if (process is null)
            Assert.Skip("python3 is not on PATH, so our reader cannot be compared with it.");

        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, new { run, files }, Json, cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<OracleAnswer>(await output, Json)!;
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>What Python said.</summary>
public sealed record OracleAnswer(IReadOnlyList<int> Version, IReadOnlyDictionary<string, OracleFile> Files)
{
    [JsonIgnore]
    public bool KnowsTheGrammarOf312 => Version[0] > 3 || (Version[0] == 3 && Version[1] >= 12);
}

/// <summary>What Python said of one file.</summary>
public sealed record OracleFile(
    IReadOnlyDictionary<string, bool>? Names, bool Star, IReadOnlyList<string>? Globals, string? Error, string? Crash);
