using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>Every image that can be pulled, as a stand-in.</summary>
internal sealed class ImageCatalog
{
    private readonly Dictionary<string, ContainerImage?> _images = new(StringComparer.Ordinal);

    /// <summary>The stand-in of an image.</summary>
    /// <returns>Null where no registry has it.</returns>
    public ContainerImage? Find(ImageReference reference)
    {
        if (_images.TryGetValue(reference.FullName, out var image))
            return image;
        return _images[reference.FullName] = Make(reference);
    }

    private static ContainerImage? Make(ImageReference reference) => Plain(reference);

    private static ContainerImage Plain(ImageReference reference) => new(reference.FullName)
    {
        Files = new FileTree(new FolderNode(0b111_101_101, FileOwner.Root, DateTimeOffset.UnixEpoch)),
        Entrypoint = [$"/{reference.Repository[(reference.Repository.LastIndexOf('/') + 1)..]}"],
        Program = _ => [new HandleTermination(0), new WaitForSignal()],
    };
}
