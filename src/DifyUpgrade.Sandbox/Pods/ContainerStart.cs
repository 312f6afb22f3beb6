using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Images;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Sets up what a container's program finds.</summary>
internal static class ContainerStart
{
    /// <summary>Sets it up.</summary>
    public static ProgramContext Prepare(SimulatedPod pod, JsonObject spec, ContainerImage image) => new(image.Entrypoint)
    {
        Files = new ContainerFiles(image.Files, [], spec.Flag("securityContext", "readOnlyRootFilesystem")),
        Environment = image.Environment,
        User = image.User,
        Folder = spec.Text("workingDir") ?? image.WorkingFolder,
        Time = pod.Services.Time.Real,
    };
}
