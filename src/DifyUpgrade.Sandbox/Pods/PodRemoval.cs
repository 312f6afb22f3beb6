using DifyUpgrade.Sandbox.Lifecycle;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>The last thing a node does for a pod: it tells the cluster that nothing of it runs any more.</summary>
internal static class PodRemoval
{
    /// <summary>Removes a pod whose deletion has begun; a finalizer may still hold it.</summary>
    public static Action Of(SimulatedPod pod) => () =>
    {
        var (store, time) = (pod.Services.Store, pod.Services.Time);
        while (store.Get(ResourceTypes.Pods, pod.Body.Text("metadata", "namespace") ?? "", pod.Body.Text("metadata", "name")!) is { } current && current.Uid == pod.Uid)
        {
            try
            {
                new Deletion(store, time).Begin(current, new DeletionRequest { GracePeriodSeconds = 0 });
                return;
            }
            catch (ApiException changed) when (changed.Code is 409)
            {
                // Somebody else wrote meanwhile: again with what is there now.
            }
            catch (ApiException gone) when (gone.Code is 404)
            {
                return;
            }
        }
    };
}
