namespace DifyUpgrade.Helm;

/// <summary>Which cluster helm talks to.</summary>
internal sealed record HelmConnection
{
    /// <summary>The value of the child's KUBECONFIG variable, which may be a list of paths; null inherits it.</summary>
    public required string? Kubeconfig { get; init; }

    /// <summary>The context in the kubeconfig; null takes the current one.</summary>
    public required string? KubeContext { get; init; }
}
