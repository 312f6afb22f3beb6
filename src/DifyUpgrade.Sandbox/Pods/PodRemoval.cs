using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>The last thing a node does for a pod: it tells the cluster that nothing of it runs any more.</summary>
internal static class PodRemoval
{
    /// <summary>Removes a pod whose deletion has begun; a finalizer may still hold it. A lost node cannot tell.</summary>
    public static void Remove(NodeServices services, StoredObject pod)
    {
        while (!services.Faults.IsLost(pod.Body.Text("spec", "nodeName") ?? "") && Find(services.Store, pod) is { } current)
        {
            try
            {
                new Deletion(services.Store, services.Time).Begin(current, new DeletionRequest { GracePeriodSeconds = 0 });
                return;
            }
            catch (ApiException changed) when (changed.Code is 404 or 409)
            {
                // Somebody else wrote meanwhile: again with what is there now.
            }
        }
    }

    private static StoredObject? Find(ObjectStore store, StoredObject pod) =>
        store.Get(ResourceTypes.Pods, pod.Namespace, pod.Name) is { } found && found.Uid == pod.Uid ? found : null;
}
