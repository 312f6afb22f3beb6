using Xunit;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>Where the build, the cluster and the tools are.</summary>
internal static class TestSettings
{
    public const string KubeconfigVariable = "DIFY_UPGRADE_TEST_KUBECONFIG";
    public const string ContextVariable = "DIFY_UPGRADE_TEST_CONTEXT";
    public const string HelmVariable = "HELM";

    /// <summary>The repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The build program that build.sh starts.</summary>
    public static string BuildProgram => Path.Combine(Repository, "build", "bin", "Debug", "_build.dll");

    /// <summary>The helm that the scenarios use; null leaves the search to the build.</summary>
    public static string? Helm => Environment.GetEnvironmentVariable(HelmVariable) is { Length: > 0 } helm ? helm : null;

    /// <summary>The kubeconfig of the cluster that scenarios may write to; never the developer's current one by accident.</summary>
    /// <returns>The path; without one the calling test is skipped.</returns>
    public static string Kubeconfig()
    {
        if (Environment.GetEnvironmentVariable(KubeconfigVariable) is { Length: > 0 } kubeconfig)
            return kubeconfig;
        Assert.Skip($"no cluster: run ./build.sh TestOnKubernetes, or set {KubeconfigVariable}");
        return "";
    }

    /// <summary>The context of that kubeconfig.</summary>
    public static string Context => Environment.GetEnvironmentVariable(ContextVariable) is { Length: > 0 } context ? context : "dify-upgrade-test";

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DifyUpgrade.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"DifyUpgrade.slnx not found above {AppContext.BaseDirectory}");
    }
}
