using System.Text.Json.Nodes;
using static DifyUpgrade.Sandbox.Tables.TableColumn;

namespace DifyUpgrade.Sandbox.Tables;

/// <summary>Columns of namespaces, nodes, events, configuration and leases.</summary>
internal static class ClusterColumns
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    private static readonly Dictionary<ResourceType, IReadOnlyList<TableColumn>> Columns = new()
    {
        [ResourceTypes.Namespaces] = [ObjectName, At("Status", "", "status", "phase"), Age],
        [ResourceTypes.Nodes] =
        [
            ObjectName,
            Text("Status", NodeStatus),
            Text("Roles", NodeRoles),
            Age,
            At("Version", "", "status", "nodeInfo", "kubeletVersion"),
            Wide("Internal-IP", node => Address(node, "InternalIP")),
            Wide("External-IP", node => Address(node, "ExternalIP")),
            Wide("OS-Image", node => node.Text("status", "nodeInfo", "osImage") ?? "<unknown>"),
            Wide("Kernel-Version", node => node.Text("status", "nodeInfo", "kernelVersion") ?? "<unknown>"),
            Wide("Container-Runtime", node => node.Text("status", "nodeInfo", "containerRuntimeVersion") ?? "<unknown>"),
        ],
        [ResourceTypes.Events] =
        [
            new TableColumn("Last Seen", (item, now) => Ago.Of(LastSeen(item), now)),
            At("Type", "", "type"),
            At("Reason", "", "reason"),
            Text("Object", EventObject),
            Wide("Subobject", item => item.Text("involvedObject", "fieldPath") ?? ""),
            Wide("Source", EventSource),
            Text("Message", item => item.Text("message")?.Trim() ?? ""),
            new TableColumn("First Seen", (item, now) => Ago.Of(FirstSeen(item), now)) { IsWide = true },
            Wide("Count", item => (item.Number("series", "count") ?? item.Number("count") ?? 1).ToString()),
            Wide("Name", item => item.Text("metadata", "name")),
        ],
        [ResourceTypes.ConfigMaps] = [ObjectName, Text("Data", item => Keys(item, "data", "binaryData")), Age],
        [ResourceTypes.Secrets] = [ObjectName, At("Type", "", "type"), Text("Data", item => Keys(item, "data")), Age],
        [ResourceTypes.ResourceQuotas] =
        [
            ObjectName,
            Text("Request", quota => Quota(quota, name => !name.StartsWith("limits", StringComparison.Ordinal))),
            Text("Limit", quota => Quota(quota, name => name.StartsWith("limits", StringComparison.Ordinal))),
            Age,
        ],
        [ResourceTypes.LimitRanges] = [ObjectName, CreatedAt],
        [ResourceTypes.ValidatingWebhookConfigurations] = [ObjectName, Text("Webhooks", item => item.Items("webhooks").Count().ToString()), Age],
        [ResourceTypes.MutatingWebhookConfigurations] = [ObjectName, Text("Webhooks", item => item.Items("webhooks").Count().ToString()), Age],
        [ResourceTypes.Leases] = [ObjectName, At("Holder", "", "spec", "holderIdentity"), Age],
        [ResourceTypes.HorizontalPodAutoscalers] =
        [
            ObjectName,
            Text("Reference", item => $"{item.Text("spec", "scaleTargetRef", "kind")}/{item.Text("spec", "scaleTargetRef", "name")}"),
            Text("Targets", Targets),
            At("MinPods", "<unset>", "spec", "minReplicas"),
            At("MaxPods", "0", "spec", "maxReplicas"),
            At("Replicas", "0", "status", "currentReplicas"),
            Age,
        ],
        [ResourceTypes.PodDisruptionBudgets] =
        [
            ObjectName, At("Min Available", "N/A", "spec", "minAvailable"), At("Max Unavailable", "N/A", "spec", "maxUnavailable"), Count("Allowed Disruptions", "status", "disruptionsAllowed"), Age,
        ],
    };

    /// <summary>The columns of a kind.</summary>
    /// <returns>Null where it is none of these.</returns>
    public static IReadOnlyList<TableColumn>? Of(ResourceType type) => Columns.GetValueOrDefault(type);

    private static string NodeStatus(JsonObject node)
    {
        var ready = node.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Ready")?.Text("status");
        return (ready is null ? "Unknown" : ready == "True" ? "Ready" : "NotReady") + (node.Flag("spec", "unschedulable") ? ",SchedulingDisabled" : "");
    }

    private static string NodeRoles(JsonObject node) => Texts.Joined(node.At("metadata", "labels") is JsonObject labels
        ? labels.Select(label => label.Key).Where(key => key.StartsWith(RolePrefix, StringComparison.Ordinal)).Select(key => key[RolePrefix.Length..]).Order(StringComparer.Ordinal)
        : []);

    private static string Address(JsonObject node, string type) =>
        node.Items("status", "addresses").FirstOrDefault(address => address.Text("type") == type)?.Text("address") ?? Texts.None;

    private static string? FirstSeen(JsonObject item) => item.Text("firstTimestamp") ?? item.Text("eventTime");

    private static string? LastSeen(JsonObject item) => item.Text("series", "lastObservedTime") ?? item.Text("lastTimestamp") ?? FirstSeen(item);

    private static string EventObject(JsonObject item)
    {
        var kind = item.Text("involvedObject", "kind")?.ToLowerInvariant();
        return item.Text("involvedObject", "name") is { Length: > 0 } name ? $"{kind}/{name}" : kind ?? "";
    }

    private static string EventSource(JsonObject item)
    {
        var component = item.Text("source", "component") is { Length: > 0 } source ? source : item.Text("reportingComponent") ?? "";
        var host = item.Text("source", "host") is { Length: > 0 } node ? node : item.Text("reportingInstance") ?? "";
        return host.Length == 0 ? component : $"{component}, {host}";
    }

    private static string Keys(JsonObject item, params string[] fields) => fields.Sum(field => item[field] is JsonObject map ? map.Count : 0).ToString();

    private static string Quota(JsonObject quota, Func<string, bool> isMeant) => quota.At("status", "hard") is JsonObject hard
        ? string.Join(", ", hard.Where(limit => isMeant(limit.Key)).Select(limit => $"{limit.Key}: {quota.At("status", "used", limit.Key)}/{limit.Value}"))
        : "";

    private static string Targets(JsonObject item) => Texts.Joined(item.Items("spec", "metrics").Select(metric =>
        $"{metric.Text("resource", "name")}: <unknown>/{metric.Number("resource", "target", "averageUtilization")}%"), ", ");
}
