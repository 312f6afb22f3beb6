using System.ComponentModel;
using System.Diagnostics;
using DifyUpgrade.Helm;

namespace DifyUpgrade.Planning;

/// <summary>Decrypts values files with the <c>sops</c> program, into memory.</summary>
/// <param name="time">Measures how long it may take.</param>
internal sealed class SopsProgram(TimeProvider time)
{
    // A key service may ask a person.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Decrypts a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shown">What it is called in messages.</param>
    /// <param name="findings">Receives why it could not be decrypted.</param>
    /// <param name="cancellation">Ends the wait, and sops.</param>
    /// <returns>The plain text; null when a finding was added.</returns>
    public async Task<string?> DecryptAsync(string path, string shown, ICollection<Finding> findings, CancellationToken cancellation)
    {
        if (ExecutableSearch.Find("sops", Environment.GetEnvironmentVariable("PATH") ?? "") is not { } program)
        {
            findings.Add(Finding.Error("This values file is encrypted with SOPS, and there is no sops on PATH", shown, "Install it: https://getsops.io/docs/#download"));
            return null;
        }

        var (output, why) = await RunAsync(program, path, cancellation);
        if (why is not null)
            findings.Add(Finding.Error($"sops cannot decrypt this values file: {why}", shown, $"See that your key is at hand: sops --decrypt {shown} > /dev/null"));
        return output;
    }

    private async Task<(string? Output, string? Why)> RunAsync(string program, string path, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var kind = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? "json" : "yaml";
        var start = new ProcessStartInfo(program, ["--decrypt", "--input-type", kind, "--output-type", kind, path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            await using var stop = either.Token.Register(() => process.Kill(entireProcessTree: true));
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await Task.WhenAll(output, errors, process.WaitForExitAsync(either.Token));
            return process.ExitCode == 0 ? (await output, null) : (null, LastLine(await errors) ?? $"it ended with exit code {process.ExitCode}");
        }
        catch (Exception failure) when (failure is Win32Exception or IOException)
        {
            return (null, "it cannot be started: " + failure.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"it did not end within {Limit.TotalMinutes:0} minutes");
        }
    }

    private static string? LastLine(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
}
