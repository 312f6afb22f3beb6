using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Pods.Images;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Gets a container's image onto its node, however often that takes.</summary>
/// <param name="pod">The pod.</param>
/// <param name="container">The container.</param>
internal sealed class ImagePull(SimulatedPod pod, SimulatedContainer container)
{
    // How often kubelet looks at a pod that is in trouble.
    private static readonly TimeSpan SyncTime = TimeSpan.FromSeconds(13);

    private readonly BackOff _backOff = new(pod.Services.Time);

    private string Name => container.ImageName;

    /// <summary>Gets it.</summary>
    /// <param name="there">Told when it is there.</param>
    public void Begin(Action<ContainerImage, ImageReference> there)
    {
        if (ImageReference.Parse(Name) is not { } reference)
        {
            Refuse("InspectFailed", "InvalidImageName", $"Failed to apply default image tag \"{Name}\": couldn't parse image reference \"{Name}\": invalid reference format", there);
            return;
        }

        var services = pod.Services;
        var (image, policy) = (services.Images.Find(reference), PolicyOf(reference));
        if (image is not null && services.Pulled.Has(pod.Node, image) && policy != "Always")
        {
            pod.Normal("Pulled", $"Container image \"{Name}\" already present on machine", container.Field);
            there(image, reference);
        }
        else if (policy == "Never")
        {
            Refuse("ErrImageNeverPull", "ErrImageNeverPull", $"Container image \"{Name}\" is not present with pull policy of Never", there);
        }
        else
        {
            pod.Normal("Pulling", $"Pulling image \"{Name}\"", container.Field);
            var took = services.Pulled.PullTime(pod.Node, image);
            pod.After(took, () => End(image, reference, took, there));
        }
    }

    private void End(ContainerImage? image, ImageReference reference, TimeSpan took, Action<ContainerImage, ImageReference> there)
    {
        var fault = pod.Services.Faults.PodFault(FaultKind.ImagePull, pod.Body, container.Name);
        if (image is null || fault is not null)
        {
            Fail(reference, fault, there);
            return;
        }

        pod.Services.Pulled.Add(pod.Node, image);
        var time = took < TimeSpan.FromSeconds(1) ? $"{took.TotalMilliseconds:0}ms" : $"{took.TotalSeconds:0.###}s";
        pod.Normal("Pulled", $"Successfully pulled image \"{Name}\" in {time} ({time} including waiting). Image size: {image.Bytes} bytes.", container.Field);
        there(image, reference);
    }

    private void Fail(ImageReference reference, FaultRule? fault, Action<ContainerImage, ImageReference> there)
    {
        var why = fault?.Message ?? $"failed to resolve reference \"{reference.FullName}\": {reference.FullName}: not found";
        var message = $"rpc error: code = {(fault is null ? "NotFound" : "Unknown")} desc = failed to pull and unpack image \"{reference.FullName}\": {why}";
        pod.Warning("Failed", $"Failed to pull image \"{Name}\": {message}", container.Field);
        pod.Warning("Failed", "Error: ErrImagePull", container.Field);
        container.Wait(new Waiting("ErrImagePull", message));
        _backOff.Next();
        var until = pod.Services.Time.Now + pod.Services.Time.ToReal(_backOff.Current);
        pod.After(_backOff.Current * 0.7, () => HoldBack(message, until, there));
    }

    private void HoldBack(string message, DateTimeOffset until, Action<ContainerImage, ImageReference> there)
    {
        var left = -pod.Services.Time.Since(until);
        if (left <= TimeSpan.Zero)
        {
            Begin(there);
            return;
        }

        pod.Normal("BackOff", $"Back-off pulling image \"{Name}\"", container.Field);
        pod.Warning("Failed", "Error: ImagePullBackOff", container.Field);
        container.Wait(new Waiting("ImagePullBackOff", $"Back-off pulling image \"{Name}\": ErrImagePull: {message}"));
        pod.After(left < SyncTime ? left : SyncTime, () => HoldBack(message, until, there));
    }

    private void Refuse(string happened, string reason, string message, Action<ContainerImage, ImageReference> there)
    {
        pod.Warning(happened, message, container.Field);
        pod.Warning("Failed", $"Error: {reason}", container.Field);
        container.Wait(new Waiting(reason, message));
        pod.After(SyncTime, () => Begin(there));
    }

    private string PolicyOf(ImageReference reference) => container.Spec.Text("imagePullPolicy") ?? (reference is { Tag: "latest", Digest: null } ? "Always" : "IfNotPresent");
}
