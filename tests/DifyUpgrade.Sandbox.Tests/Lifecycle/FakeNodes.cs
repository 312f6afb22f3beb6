using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

/// <summary>Makes the pods of all nodes ready at once, and ends those on their way out at once.</summary>
internal sealed class FakeNodes(ControlPlane plane)
{
    public Func<StoredObject, bool> Starts { get; set; } = _ => true;

    /// <summary>Does one thing for one pod.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public bool Step()
    {
        foreach (var pod in plane.Store.List(ResourceTypes.Pods, null).Items.Where(pod => PodFacts.Of(pod).NodeName is not null))
        {
            if (pod.IsTerminating)
            {
                plane.Deletion.Begin(pod, new DeletionRequest { GracePeriodSeconds = 0 });
                return true;
            }

            if (PodFacts.Of(pod).Phase == "Pending" && Starts(pod))
            {
                Run(pod);
                return true;
            }
        }

        return false;
    }

    private void Run(StoredObject pod) => plane.Change(pod, body =>
    {
        var status = body.Child("status");
        status["phase"] = "Running";
        status["podIP"] = "10.1.0." + pod.Version;
        status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = "10.1.0." + pod.Version });
        body.SetCondition(new Condition("Ready", "True", "", ""), plane.Now, updated: false);
    });
}
