using DifyUpgrade.Sandbox.Lifecycle.Collection;
using DifyUpgrade.Sandbox.Lifecycle.DaemonSets;
using DifyUpgrade.Sandbox.Lifecycle.Deployments;
using DifyUpgrade.Sandbox.Lifecycle.Disruption;
using DifyUpgrade.Sandbox.Lifecycle.Jobs;
using DifyUpgrade.Sandbox.Lifecycle.Namespaces;
using DifyUpgrade.Sandbox.Lifecycle.Nodes;
using DifyUpgrade.Sandbox.Lifecycle.Quotas;
using DifyUpgrade.Sandbox.Lifecycle.ReplicaSets;
using DifyUpgrade.Sandbox.Lifecycle.Scheduling;
using DifyUpgrade.Sandbox.Lifecycle.Services;
using DifyUpgrade.Sandbox.Lifecycle.StatefulSets;
using DifyUpgrade.Sandbox.Lifecycle.Storage;
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
        new StatefulSetController(plane),
        new DaemonSetController(plane),
        new JobController(plane),
        new Scheduler(plane),
        new ServiceController(plane),
        new VolumeBinding(plane),
        new DisruptionController(plane),
        new QuotaController(plane),
        new NodeLifecycle(plane),
        new NamespaceController(plane),
        new GarbageCollector(plane),
        new EventExpiry(plane),
    ];
}
