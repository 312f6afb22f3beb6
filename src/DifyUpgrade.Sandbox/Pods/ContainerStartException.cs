namespace DifyUpgrade.Sandbox.Pods;

/// <summary>A container that cannot be started now.</summary>
/// <param name="reason">What the container waits with: <c>CreateContainerConfigError</c>, or <c>StartError</c> for one that the runtime gives up on.</param>
/// <param name="message">Why, as kubelet or the runtime words it.</param>
internal sealed class ContainerStartException(string reason, string message) : Exception(message)
{
    /// <summary>The reason.</summary>
    public string Reason { get; } = reason;

    /// <summary>Something that the spec refers to is missing.</summary>
    public static ContainerStartException Config(string message) => new("CreateContainerConfigError", message);

    /// <summary>The runtime cannot start it.</summary>
    public static ContainerStartException Runtime(string message) => new("StartError",
        $"failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: {message}: unknown");
}
