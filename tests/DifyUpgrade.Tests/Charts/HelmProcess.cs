using System.Diagnostics;
using Xunit;

namespace DifyUpgrade.Tests.Charts;

internal sealed record HelmResult(int ExitCode, string Output, string Error);

/// <summary>The real helm, run in the repository's root. Without one the calling test is skipped.</summary>
internal static class HelmProcess
{
    public static string Root { get; } = FindRoot();

    public static async Task<HelmResult> Run(params string[] arguments)
    {
        var helm = Find();
        if (helm is null)
            Assert.Skip("no helm: put helm 3.10 or later on PATH, set HELM, or give the build's --helm");

        var start = new ProcessStartInfo(helm)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new HelmResult(process.ExitCode, await output, await error);
    }

    private static string? Find()
    {
        var candidates = new List<string>();
        if (Environment.GetEnvironmentVariable("HELM") is { Length: > 0 } named)
            candidates.Add(named);
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var name = OperatingSystem.IsWindows() ? "helm.exe" : "helm";
        candidates.AddRange(path.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)));
        candidates.Add(Path.Combine(Root, ".nuke", "temp", "tools", "helm-3.10.1", name));
        return candidates.FirstOrDefault(File.Exists);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DifyUpgrade.slnx")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException($"DifyUpgrade.slnx not found above {AppContext.BaseDirectory}");
    }
}
