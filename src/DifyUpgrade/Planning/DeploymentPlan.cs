using DifyUpgrade.Parameters;

namespace DifyUpgrade.Planning;

/// <summary>Everything that is decided before helm or the cluster is asked anything: parameters and the files they name.</summary>
internal sealed record DeploymentPlan
{
    /// <summary>The checked parameters.</summary>
    public required DeploymentParameters Parameters { get; init; }

    /// <summary>The chart, as its Chart.yaml describes it.</summary>
    public required ChartDescription Chart { get; init; }

    /// <summary>Where helm reads the values files, in their order.</summary>
    public required IReadOnlyList<string> ValuesFiles { get; init; }

    /// <summary>The prompt files with their bytes.</summary>
    public required IReadOnlyList<PromptFile> PromptFiles { get; init; }

    /// <summary>Knows the secret values that the values files hold.</summary>
    public required Redactor Redactor { get; init; }

    /// <summary>The ConfigMap content that the prompt files make, by key.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> ConfigMapFiles =>
        PromptFiles.ToDictionary(file => file.Key, file => file.Content, StringComparer.Ordinal);
}
