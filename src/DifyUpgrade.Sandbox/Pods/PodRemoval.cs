using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>The last thing a node does for a pod: it tells the cluster that nothing of it runs any more.</summary>
internal static class PodRemoval
{
    /// <summary>Removes a pod whose deletion has begun; a finalizer may still hold it. A lost node cannot tell.</summary>
    public static void Remove(SimulatedPod pod)
    {
        var (store, time) = (pod.Services.Store, pod.Services.Time);
        while (!pod.Services.Faults.IsLost(pod.Node) && Find(store, pod) is { } current)
        {
            try
            {
                new Deletion(store, time).Begin(current, new DeletionRequest { GracePeriodSeconds = 0 });
                return;
            }
            catch (ApiException changed) when (changed.Code is 404 or 409)
            {
                // Somebody else wrote meanwhile: again with what is there now.
            }
        }
    }

    private static StoredObject? Find(ObjectStore store, SimulatedPod pod) =>
        store.Get(ResourceTypes.Pods, pod.Body.Text("metadata", "namespace") ?? "", pod.Body.Text("metadata", "name")!) is { } found && found.Uid == pod.Uid ? found : null;
}
