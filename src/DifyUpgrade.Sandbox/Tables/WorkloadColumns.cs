using System.Text.Json.Nodes;
using static DifyUpgrade.Sandbox.Tables.TableColumn;

namespace DifyUpgrade.Sandbox.Tables;

/// <summary>Columns of pods and of what makes pods.</summary>
internal static class WorkloadColumns
{
    private static readonly TableColumn Containers = Wide("Containers", item => Texts.Containers(item.At("spec", "template", "spec")));
    private static readonly TableColumn Images = Wide("Images", item => Texts.Images(item.At("spec", "template", "spec")));
    private static readonly TableColumn Selector = Wide("Selector", item => Texts.Selector(item.At("spec", "selector")));
    private static readonly TableColumn Ready = Text("Ready", item => $"{item.Number("status", "readyReplicas") ?? 0}/{item.Number("spec", "replicas") ?? 1}");

    private static readonly Dictionary<ResourceType, IReadOnlyList<TableColumn>> Columns = new()
    {
        [ResourceTypes.Pods] =
        [
            ObjectName,
            Text("Ready", pod => new PodCells(pod).Ready),
            Text("Status", pod => new PodCells(pod).Status),
            new TableColumn("Restarts", (pod, now) => new PodCells(pod).Restarts(now)),
            Age,
            Wide("IP", pod => pod.Text("status", "podIP") ?? Texts.None),
            Wide("Node", pod => pod.Text("spec", "nodeName") ?? Texts.None),
            Wide("Nominated Node", pod => pod.Text("status", "nominatedNodeName") ?? Texts.None),
            Wide("Readiness Gates", _ => Texts.None),
        ],
        [ResourceTypes.Deployments] =
        [
            ObjectName, Ready, At("Up-to-date", "0", "status", "updatedReplicas"), At("Available", "0", "status", "availableReplicas"), Age, Containers, Images, Selector,
        ],
        [ResourceTypes.ReplicaSets] =
        [
            ObjectName, Count("Desired", "spec", "replicas"), Count("Current", "status", "replicas"), Count("Ready", "status", "readyReplicas"), Age, Containers, Images, Selector,
        ],
        [ResourceTypes.StatefulSets] = [ObjectName, Ready, Age, Containers, Images],
        [ResourceTypes.DaemonSets] =
        [
            ObjectName,
            Count("Desired", "status", "desiredNumberScheduled"),
            Count("Current", "status", "currentNumberScheduled"),
            Count("Ready", "status", "numberReady"),
            Count("Up-to-date", "status", "updatedNumberScheduled"),
            Count("Available", "status", "numberAvailable"),
            Text("Node Selector", item => Texts.Labels(item.At("spec", "template", "spec", "nodeSelector"))),
            Age, Containers, Images, Selector,
        ],
        [ResourceTypes.ControllerRevisions] = [ObjectName, Text("Controller", Controller), Count("Revision", "revision") with { Type = "string" }, Age],
        [ResourceTypes.Jobs] = [ObjectName, Text("Status", JobStatus), Text("Completions", Completions), new TableColumn("Duration", Duration), Age, Containers, Images, Selector],
        [ResourceTypes.CronJobs] =
        [
            ObjectName,
            At("Schedule", "", "spec", "schedule"),
            At("Timezone", Texts.None, "spec", "timeZone"),
            Text("Suspend", item => item.Flag("spec", "suspend") ? "True" : "False"),
            new TableColumn("Active", (item, _) => item.Items("status", "active").Count()) { Type = "integer" },
            new TableColumn("Last Schedule", (item, now) => item.Text("status", "lastScheduleTime") is { } last ? Ago.Of(last, now) : Texts.None),
            Age,
            Wide("Containers", item => Texts.Containers(item.At("spec", "jobTemplate", "spec", "template", "spec"))),
            Wide("Images", item => Texts.Images(item.At("spec", "jobTemplate", "spec", "template", "spec"))),
            Wide("Selector", item => Texts.Selector(item.At("spec", "jobTemplate", "spec", "selector"))),
        ],
    };

    /// <summary>The columns of a kind.</summary>
    /// <returns>Null where it is none of these.</returns>
    public static IReadOnlyList<TableColumn>? Of(ResourceType type) => Columns.GetValueOrDefault(type);

    private static string Controller(JsonObject revision)
    {
        var owner = revision.Items("metadata", "ownerReferences").FirstOrDefault(reference => reference.Flag("controller"));
        if (owner is null)
            return Texts.None;
        var group = owner.Text("apiVersion")?.Split('/') is [var name, _] ? "." + name : "";
        return $"{owner.Text("kind")?.ToLowerInvariant()}{group}/{owner.Text("name")}";
    }

    private static string JobStatus(JsonObject job)
    {
        bool Is(string type) => job.Items("status", "conditions").Any(condition => condition.Text("type") == type && condition.Text("status") == "True");
        return Is("Complete") ? "Complete"
            : Is("Failed") ? "Failed"
            : job.Text("metadata", "deletionTimestamp") is not null ? "Terminating"
            : Is("Suspended") ? "Suspended"
            : Is("FailureTarget") ? "FailureTarget"
            : Is("SuccessCriteriaMet") ? "SuccessCriteriaMet"
            : "Running";
    }

    private static string Completions(JsonObject job)
    {
        var succeeded = job.Number("status", "succeeded") ?? 0;
        if (job.Number("spec", "completions") is { } wanted)
            return $"{succeeded}/{wanted}";
        return job.Number("spec", "parallelism") is > 1 and var parallel ? $"{succeeded}/1 of {parallel}" : $"{succeeded}/1";
    }

    private static JsonNode? Duration(JsonObject job, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParse(job.Text("status", "startTime"), out var start))
            return "";
        return Ago.Short((DateTimeOffset.TryParse(job.Text("status", "completionTime"), out var end) ? end : now) - start);
    }
}
