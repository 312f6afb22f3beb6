using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Programs;
using DifyUpgrade.Sandbox.Pods.Shell;

namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>
/// Every image that can be pulled, as a stand-in. Of Dify there are the versions whose prompt names are known; of
/// everybody else's images it is enough that they start and stay up.
/// </summary>
internal sealed class ImageCatalog
{
    private readonly Dictionary<string, ContainerImage?> _images = new(StringComparer.Ordinal);
    private readonly FileTree _base = BaseFiles.Make();

    /// <summary>The stand-in of an image.</summary>
    /// <returns>Null where no registry has it.</returns>
    public ContainerImage? Find(ImageReference reference)
    {
        if (_images.TryGetValue(reference.FullName, out var image))
            return image;
        return _images[reference.FullName] = Make(reference);
    }

    private ContainerImage? Make(ImageReference reference)
    {
        var name = reference.Repository[(reference.Repository.LastIndexOf('/') + 1)..];
        return name switch
        {
            "dify-api" => PromptNames.Of(reference.Tag) is { Count: > 0 } names ? new DifyApiImage(reference.Tag, names).Make(reference.FullName) : null,
            "dify-web" => PromptNames.Of(reference.Tag).Count > 0 ? Server(reference, [3000], ["python", "/stand-in/web_server.py"], $"stand-in for dify-web {reference.Tag}\n") with { Memory = 16 << 20 } : null,
            "busybox" or "alpine" or "debian" or "ubuntu" or "python" => Shell(reference),
            "pause" => Server(reference, [], ["/pause"], null) with { HasShell = false },
            _ => Server(reference, WellKnownPorts.Of(name), [$"/{name}"], WellKnownPorts.SpeaksHttp(name) ? $"stand-in for {reference.FullName}\n" : null),
        };
    }

    private ContainerImage Server(ImageReference reference, IReadOnlyList<int> ports, IReadOnlyList<string> entrypoint, string? page) => new(reference.FullName)
    {
        Files = _base,
        Entrypoint = entrypoint,
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
        Program = context => Serve(ports, page, reference),
        Bytes = 80_000_000,
    };

    // Like the real ones they do nothing without a command: the shell finds no input and ends.
    private ContainerImage Shell(ImageReference reference) => Server(reference, [], ["sh"], null) with { Program = ShellProgram.Run, Bytes = 5_000_000, Memory = 1 << 20 };

    private static IEnumerable<ProgramStep> Serve(IReadOnlyList<int> ports, string? page, ImageReference reference)
    {
        yield return new HandleTermination(0);
        yield return new Wait(TimeSpan.FromMilliseconds(500));
        foreach (var port in ports)
            yield return new Listen(port, page is null ? null : _ => new HttpAnswer(200, page));
        yield return Write.Line(ports.Count > 0 ? $"Listening at: {string.Join(", ", ports.Select(port => $"http://0.0.0.0:{port}"))}" : $"stand-in for {reference.FullName} is up");
        yield return new WaitForSignal();
    }
}
