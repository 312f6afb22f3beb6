using CliWrap;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>A repository root of a test's own: the real chart, values and prompts, in a folder that may be spoilt.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>The secret values of this workspace, to look for where they must not be.</summary>
    public const string Canary = "canary-4f1c9e7b2d";

    public Workspace()
    {
        Directory.CreateDirectory(At(".nuke"));
        foreach (var parameters in Directory.EnumerateFiles(Path.Combine(TestSettings.Repository, ".nuke"), "parameters*.json"))
            File.Copy(parameters, At(Path.Combine(".nuke", Path.GetFileName(parameters))));
        foreach (var file in (string[])["values-dify.yaml", "values-dify-prod.yaml"])
            File.Copy(Path.Combine(TestSettings.Repository, file), At(file));
        CopyFolder(Path.Combine(TestSettings.Repository, "charts"), At("charts"));
        CopyFolder(Path.Combine(TestSettings.Repository, "custom-configs"), At("custom-configs"));
        Write("values-secrets.yaml", File.ReadAllText(Path.Combine(TestSettings.Repository, "values-secrets.example.yaml")).Replace("change-me", Canary, StringComparison.Ordinal));

        // Production waits 20 s for readiness; what is tested here is the order of things, not the waiting.
        Write("values-fast.yaml", """
            api: {readinessProbe: {initialDelaySeconds: 1, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
            worker: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
            beat: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
            web: {readinessProbe: {initialDelaySeconds: 0, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
            """);
    }

    /// <summary>The root folder.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("dify-upgrade-").FullName;

    /// <summary>The prompt file.</summary>
    public string Prompts => At("custom-configs/prompts.py");

    /// <summary>A path below the root.</summary>
    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Writes a file below the root.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Writes a shell script below the root that can be run, where there is a shell.</summary>
    public void WriteScript(string path, string text)
    {
        Write(path, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(At(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The build program with this root and an empty home, not yet run: no test meets the developer's own cluster.</summary>
    public Command Build(params string[] arguments)
    {
        string[] helm = TestSettings.Helm is { } path && !arguments.Contains("--helm") ? ["--helm", path] : [];
        return Cli.Wrap("dotnet")
            .WithWorkingDirectory(Root)
            .WithEnvironmentVariables(variables => variables.Set("KUBECONFIG", null).Set("GITHUB_ACTIONS", null).Set("HOME", Root).Set("USERPROFILE", Root))
            .WithArguments([TestSettings.BuildProgram, arguments[0], "--root", Root, "--no-logo", .. helm, .. arguments.Skip(1)]);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
