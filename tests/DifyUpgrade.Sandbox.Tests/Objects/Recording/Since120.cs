using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DifyUpgrade.Sandbox.Objects;

namespace DifyUpgrade.Sandbox.Tests.Objects.Recording;

/// <summary>What changed between the recorded Kubernetes 1.20 and the 1.33 that the sandbox claims to be.</summary>
internal static partial class Since120
{
    private const string JobPrefix = "batch.kubernetes.io/";

    /// <summary>What admission adds there belongs to nobody; the sandbox has no admission of its own.</summary>
    private static readonly Dictionary<ResourceType, string[]> ByAdmission = new() { [ResourceTypes.Pods] = ["spec.tolerations"] };

    private static readonly Dictionary<string, string> Reworded = new()
    {
        ["Ingress.extensions"] = "Ingress.networking.k8s.io",
        ["Expected exactly 5 fields, found 1: soon"] = "expected exactly 5 fields, found 1: [soon]",
        ["must be less than or equal to cpu limit\""] = "must be less than or equal to cpu limit of 1\"",
        ["\\\"ReadOnlyMany\\\", \\\"ReadWriteMany\\\", \\\"ReadWriteOnce\\\""] = "\\\"ReadOnlyMany\\\", \\\"ReadWriteMany\\\", \\\"ReadWriteOnce\\\", \\\"ReadWriteOncePod\\\"",
        ["a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')"] = "a valid environment variable name must consist only of printable ASCII characters other than '='",
    };

    /// <summary>What another part of the sandbox does, or nobody any more.</summary>
    private static readonly Dictionary<ResourceType, string[]> Older = new()
    {
        [ResourceTypes.PersistentVolumeClaims] = ["metadata.finalizers"],
    };

    private static readonly Dictionary<ResourceType, string[]> Newer = new()
    {
        [ResourceTypes.Services] = ["spec.internalTrafficPolicy", "spec.ipFamilies", "spec.ipFamilyPolicy", "spec.allocateLoadBalancerNodePorts"],
        [ResourceTypes.StatefulSets] = ["spec.persistentVolumeClaimRetentionPolicy"],
        [ResourceTypes.DaemonSets] = ["spec.updateStrategy.rollingUpdate.maxSurge"],
        [ResourceTypes.Pods] = ["spec.serviceAccount", "spec.serviceAccountName"],
        [ResourceTypes.Jobs] = ["spec.completionMode", "spec.podReplacementPolicy", "spec.suspend"],
    };

    /// <summary>A recorded answer in the form of today.</summary>
    public static string Forward(ResourceType type, string recorded)
    {
        foreach (var (old, today) in Reworded)
            recorded = recorded.Replace(old, today, StringComparison.Ordinal);
        var answer = (JsonObject)JsonNode.Parse(recorded)!;
        if (answer["code"] is not null)
            return Refusal(answer);
        foreach (var path in Older.GetValueOrDefault(type, []))
            Remove(answer, path.Split('.'));
        foreach (var entry in answer.Items("metadata", "managedFields"))
        {
            var fields = Ownership(Schema.Of(type), (JsonObject)entry["fieldsV1"]!);
            fields.Remove("f:status");
            entry["fieldsV1"] = fields;
        }

        return Masking.Text(answer);
    }

    /// <summary>An answer of the sandbox without what 1.20 did not know.</summary>
    public static string Known(ResourceType type, JsonObject answer)
    {
        var known = Masking.Mask(answer);
        if (known["code"] is not null)
            return Refusal(known);
        foreach (var path in Newer.GetValueOrDefault(type, []))
            Remove(known, path.Split('.'));
        if (type == ResourceTypes.Jobs)
            DropPrefixedLabels(known);
        foreach (var entry in known.Items("metadata", "managedFields"))
        {
            foreach (var path in Newer.GetValueOrDefault(type, []).Concat(ByAdmission.GetValueOrDefault(type, [])))
                Remove(entry, ["fieldsV1", .. path.Split('.').Select(name => "f:" + name)]);
        }

        return Masking.Text(known);
    }

    /// <summary>
    /// What counts of a refusal. The order of complaints is not part of it; nor is how a decoder words it: 1.20 had another.
    /// </summary>
    private static string Refusal(JsonObject answer)
    {
        var causes = answer.Items("details", "causes").Select(cause => $"{cause.Text("field")}: {cause.Text("message")}").Order(StringComparer.Ordinal).ToList();
        var message = answer.Text("message") ?? "";
        var text = message.IndexOf("cannot be handled as a", StringComparison.Ordinal) is >= 0 and var decoder ? message[..decoder] : causes.Count > 1 ? message.Split(':')[0] : message;
        var whole = string.Join('\n', causes.Prepend(text).Prepend($"{answer.Number("code")} {answer.Text("reason")}")).Replace(", UnhealthyPodEvictionPolicy:(*policy.UnhealthyPodEvictionPolicyType)(nil)", "", StringComparison.Ordinal);
        return Varying().Replace(whole, "…");
    }

    /// <summary>Addresses of pointers, and which fields may change, which are more today.</summary>
    [GeneratedRegex(@"0xc[0-9a-f]+|fields other than[\s\S]*")]
    private static partial Regex Varying();

    /// <summary>Jobs are known by prefixed labels since 1.27.</summary>
    private static void DropPrefixedLabels(JsonObject job)
    {
        foreach (var labels in new[] { job.At("metadata", "labels"), job.At("spec", "template", "metadata", "labels") }.OfType<JsonObject>())
        {
            foreach (var label in labels.Select(label => label.Key).Where(label => label.StartsWith(JobPrefix, StringComparison.Ordinal)).ToList())
                labels.Remove(label);
        }

        job["spec"]!["selector"]!["matchLabels"] = new JsonObject { ["controller-uid"] = job.Text("spec", "selector", "matchLabels", JobPrefix + "controller-uid") };
    }

    private static void Remove(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
            (node as JsonObject)?.Remove(path[0]);
        else if (path.Length > 1)
            Remove(node.At(path[0]), path[1..]);
    }

    /// <summary>Fields that have one owner as a whole today had many before.</summary>
    private static JsonObject Ownership(Schema schema, JsonObject set)
    {
        var whole = new JsonObject();
        foreach (var (element, node) in set)
        {
            var inner = (JsonObject)node!;
            if (inner.Count == 0)
            {
                whole[element] = new JsonObject();
                continue;
            }

            var name = element[2..];
            var (part, partRule) = element[0] == 'f' ? (schema.Part(name), schema.Rule(name)) : (schema.Element, MergeRule.Whole);
            var isWhole = part is null || OwnedFields.IsLeaf(part, partRule, part.Kind == FieldKind.List ? new JsonArray() : new JsonObject());
            whole[element] = isWhole ? new JsonObject() : Ownership(part!, inner);
        }

        return whole;
    }
}
