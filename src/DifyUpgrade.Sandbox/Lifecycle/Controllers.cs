using DifyUpgrade.Sandbox.Lifecycle.Deployments;
using DifyUpgrade.Sandbox.Lifecycle.ReplicaSets;
using DifyUpgrade.Sandbox.Lifecycle.Scheduling;
using Microsoft.Extensions.Logging;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>All the controllers of the cluster.</summary>
internal static class Controllers
{
    /// <summary>A loop that runs all of them.</summary>
    /// <param name="plane">What they share.</param>
    /// <param name="log">Where failures go.</param>
    public static ControllerLoop Loop(ControlPlane plane, ILogger log) => new(plane, All(plane), log);

    private static IReadOnlyList<Controller> All(ControlPlane plane) =>
    [
        new DeploymentController(plane),
        new ReplicaSetController(plane),
        new Scheduler(plane),
    ];
}
