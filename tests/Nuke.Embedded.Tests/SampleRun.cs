using System.Diagnostics;
using System.Text;
using Xunit;

namespace Nuke.Embedded.Tests;

/// <summary>The sample build as a process of its own, in a folder of its own.</summary>
internal sealed class SampleRun : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private SampleRun(string root, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in (string[])["CI", "NUKE_ROOT", "GITHUB_ACTIONS", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"])
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "Nuke.Embedded.Sample.dll");

    /// <summary>Starts the sample build with its streams redirected.</summary>
    public static SampleRun Start(BuildRunner runner, params string[] arguments)
        => new(runner.Root, "dotnet", [Program, .. arguments], runner.Environment!);

    /// <summary>Starts the sample build on a terminal of its own.</summary>
    public static SampleRun StartOnTerminal(BuildRunner runner, string arguments)
        => new(runner.Root, "script", ["--quiet", "--return", "--flush", "--command", $"dotnet '{Program}' {arguments}", "/dev/null"], runner.Environment!);

    /// <summary>Reads standard output up to a text.</summary>
    /// <returns>All that was read so far.</returns>
    public async Task<string> ReadToAsync(string text)
    {
        var buffer = new char[1];
        while (!_output.ToString().EndsWith(text, StringComparison.Ordinal))
        {
            if (await _process.StandardOutput.ReadAsync(buffer, TestContext.Current.CancellationToken) == 0)
                Assert.Fail($"it ended before it wrote: {text}\n{_output}{await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
            _output.Append(buffer);
        }

        return _output.ToString();
    }

    public async Task AnswerAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<Outcome> EndAsync()
    {
        var output = _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        _output.Append(await output);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(_process.ExitCode, _output.ToString().ReplaceLineEndings("\n"), error, []);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
