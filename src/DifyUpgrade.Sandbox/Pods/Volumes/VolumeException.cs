namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>A volume that cannot be set up now, worded as the event words it.</summary>
internal sealed class VolumeException(string message) : Exception(message)
{
    /// <summary>The cluster's volume that is not attached to the node; null where something else is missing.</summary>
    public string? Detached { get; init; }
}
