using k8s;

namespace DifyUpgrade.Cluster;

/// <summary>What the search for a kubeconfig asks the machine; tests give their own.</summary>
internal sealed record KubeconfigEnvironment
{
    /// <summary>The real machine.</summary>
    public static KubeconfigEnvironment Machine { get; } = new()
    {
        Variable = Environment.GetEnvironmentVariable,
        HomeDirectory = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        PathSeparator = Path.PathSeparator,
        InCluster = KubernetesClientConfiguration.IsInCluster,
    };

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The folder that <c>~</c> stands for.</summary>
    public required string HomeDirectory { get; init; }

    /// <summary>What separates the files of a KUBECONFIG list.</summary>
    public required char PathSeparator { get; init; }

    /// <summary>Whether this process runs in a pod with a service account.</summary>
    public required Func<bool> InCluster { get; init; }
}
