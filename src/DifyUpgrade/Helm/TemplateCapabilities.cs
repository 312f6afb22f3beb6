namespace DifyUpgrade.Helm;

/// <summary>What a chart may ask about its cluster while it renders; without a cluster helm would guess.</summary>
internal sealed record TemplateCapabilities
{
    /// <summary>The Kubernetes version, such as <c>v1.29.3</c>; null takes helm's own default.</summary>
    public string? KubeVersion { get; init; }

    /// <summary>API versions and kinds, such as <c>batch/v1</c> and <c>batch/v1/CronJob</c>, added to helm's default ones.</summary>
    public IReadOnlyList<string> ApiVersions { get; init; } = [];

    /// <summary>Whether the chart renders as an upgrade (<c>.Release.IsUpgrade</c>) and not as a first install.</summary>
    public bool IsUpgrade { get; init; } = true;
}
