namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>Which images each node has pulled.</summary>
internal sealed class NodeImages
{
    // A registry in the next rack: what matters is that the first pull takes longer than a look.
    private const double BytesPerSecond = 250_000_000;

    private readonly HashSet<(string Node, string Image)> _present = [];

    /// <summary>Whether a node has an image.</summary>
    public bool Has(string node, ContainerImage image) => _present.Contains((node, image.Name));

    /// <summary>A node has an image now.</summary>
    public void Add(string node, ContainerImage image) => _present.Add((node, image.Name));

    /// <summary>How long a pull takes in pod time; a look at the registry only, where the image is there already.</summary>
    public TimeSpan PullTime(string node, ContainerImage? image) => image is null || Has(node, image)
        ? TimeSpan.FromMilliseconds(400)
        : TimeSpan.FromSeconds(0.4 + (image.Bytes / BytesPerSecond));
}
