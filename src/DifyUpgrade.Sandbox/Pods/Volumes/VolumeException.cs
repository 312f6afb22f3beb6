namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>A volume that cannot be set up now, worded as kubelet's event words it.</summary>
internal sealed class VolumeException(string message) : Exception(message);
