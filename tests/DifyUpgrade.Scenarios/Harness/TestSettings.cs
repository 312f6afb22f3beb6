namespace DifyUpgrade.Scenarios.Harness;

/// <summary>Where the build, the cluster and the tools are.</summary>
internal static class TestSettings
{
    public const string BuildProgramVariable = "DIFY_UPGRADE_BUILD_PROGRAM";
    public const string HelmVariable = "HELM";

    /// <summary>The repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The build program: the one that runs these tests, or the one that the solution's build made.</summary>
    public static string BuildProgram => Environment.GetEnvironmentVariable(BuildProgramVariable) is { Length: > 0 } program
        ? program
        : Path.Combine(Repository, "build", "bin", "Debug", "_build.dll");

    /// <summary>The helm that the scenarios use; null leaves the search to the build.</summary>
    public static string? Helm => Environment.GetEnvironmentVariable(HelmVariable) is { Length: > 0 } helm ? helm : null;

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DifyUpgrade.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"DifyUpgrade.slnx not found above {AppContext.BaseDirectory}");
    }
}
