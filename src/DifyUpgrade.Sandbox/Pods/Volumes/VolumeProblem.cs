namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>A volume that is not there yet.</summary>
/// <param name="Volume">The pod's name for it.</param>
/// <param name="Why">Why, as the event words it.</param>
/// <param name="Detached">The cluster's name for it, if the node lacks it; null if something else is missing.</param>
internal readonly record struct VolumeProblem(string Volume, string Why, string? Detached);
