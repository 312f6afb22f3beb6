using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The rules for the kinds that make pods, and for what steers them.</summary>
internal static class WorkloadValidation
{
    private static readonly string[] TargetFields = ["kind", "name"];
    private static readonly string[] MutableOfStatefulSet =
        ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"];

    /// <summary>A Deployment.</summary>
    public static void Deployment(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        Selector(body, before, errors);
        NotNegative(body, errors, "replicas", "minReadySeconds", "revisionHistoryLimit");
        Template(body, "spec.template", errors, "Always");
        var (type, rolling) = (body.Text("spec", "strategy", "type"), body.At("spec", "strategy", "rollingUpdate"));
        if (type is not ("RollingUpdate" or "Recreate"))
            errors.NotSupported("spec.strategy.type", body.At("spec", "strategy", "type"), "Recreate", "RollingUpdate");
        else if (type == "Recreate" && rolling is not null)
            errors.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        else if (type == "RollingUpdate" && IsZero(rolling.At("maxUnavailable")) && IsZero(rolling.At("maxSurge")))
            errors.Invalid("spec.strategy.rollingUpdate.maxUnavailable", Number(rolling.At("maxUnavailable")), "may not be 0 when `maxSurge` is 0");
        if (body.Number("spec", "progressDeadlineSeconds") is { } deadline && deadline <= (body.Number("spec", "minReadySeconds") ?? 0))
            errors.Invalid("spec.progressDeadlineSeconds", deadline.ToString(), "must be greater than minReadySeconds");
    }

    /// <summary>A ReplicaSet.</summary>
    public static void ReplicaSet(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        Selector(body, before, errors);
        NotNegative(body, errors, "replicas", "minReadySeconds");
        Template(body, "spec.template", errors, "Always");
    }

    /// <summary>A StatefulSet.</summary>
    public static void StatefulSet(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        if (before is not null && !JsonNode.DeepEquals(Without(before, MutableOfStatefulSet), Without(body, MutableOfStatefulSet)))
            errors.Forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
        else
            Selector(body, null, errors);
        NotNegative(body, errors, "replicas", "minReadySeconds", "revisionHistoryLimit");
        Template(body, "spec.template", errors, "Always");
    }

    /// <summary>A DaemonSet.</summary>
    public static void DaemonSet(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        Selector(body, before, errors);
        Template(body, "spec.template", errors, "Always");
    }

    /// <summary>A Job.</summary>
    public static void Job(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        NotNegative(body, errors, "parallelism", "completions", "backoffLimit", "activeDeadlineSeconds", "ttlSecondsAfterFinished");
        Template(body, "spec.template", errors, "OnFailure", "Never");
        if (before is null)
            return;
        foreach (var field in new[] { "completions", "selector", "template", "completionMode", "podReplacementPolicy" })
        {
            if (!JsonNode.DeepEquals(before.At("spec", field), body.At("spec", field)) && !(field == "template" && before.Flag("spec", "suspend")))
                errors.Invalid("spec." + field, GoValue.Of(body.At("spec", field), field), "field is immutable");
        }
    }

    /// <summary>A CronJob.</summary>
    public static void CronJob(JsonObject body, FieldErrors errors)
    {
        var schedule = body.Text("spec", "schedule") ?? "";
        if (schedule.Length == 0)
            errors.Required("spec.schedule");
        else if (!schedule.StartsWith('@') && schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is var fields and not 5)
            errors.Invalid("spec.schedule", $"\"{schedule}\"", $"expected exactly 5 fields, found {fields}: [{schedule}]");
        Template(body, "spec.jobTemplate.spec.template", errors, "OnFailure", "Never");
    }

    /// <summary>An autoscaler.</summary>
    public static void HorizontalPodAutoscaler(JsonObject body, FieldErrors errors)
    {
        var (least, most) = (body.Number("spec", "minReplicas") ?? 1, body.Number("spec", "maxReplicas") ?? 0);
        if (most < 1)
            errors.Invalid("spec.maxReplicas", most.ToString(), "must be greater than 0");
        else if (most < least)
            errors.Invalid("spec.maxReplicas", most.ToString(), "must be greater than or equal to `minReplicas`");
        if (least < 1)
            errors.Invalid("spec.minReplicas", least.ToString(), "must be greater than or equal to 1");
        foreach (var field in TargetFields.Where(field => body.Text("spec", "scaleTargetRef", field) is not { Length: > 0 }))
            errors.Required("spec.scaleTargetRef." + field);
    }

    /// <summary>A disruption budget.</summary>
    public static void PodDisruptionBudget(JsonObject body, FieldErrors errors)
    {
        if (body.At("spec", "minAvailable") is not null && body.At("spec", "maxUnavailable") is not null)
            errors.Invalid("spec", GoValue.Budget(body["spec"]!), "minAvailable and maxUnavailable cannot be both set");
    }

    private static void Selector(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        var selector = body.At("spec", "selector") as JsonObject;
        var labels = body.At("spec", "template", "metadata", "labels") as JsonObject;
        if (selector is null)
            errors.Required("spec.selector");
        else if (selector.Count == 0)
            errors.Invalid("spec.selector", GoValue.Of(selector, "selector"), "empty selector is invalid for deployment");
        if (selector is null || !LabelSelector.Of(selector).MatchesLabels(labels))
            errors.Invalid("spec.template.metadata.labels", GoValue.Of(labels, "labels"), "`selector` does not match template `labels`");
        if (before is not null && !JsonNode.DeepEquals(before.At("spec", "selector"), selector))
            errors.Invalid("spec.selector", GoValue.Of(selector, "selector"), "field is immutable");
    }

    private static void Template(JsonObject body, string path, FieldErrors errors, params string[] restartPolicies)
    {
        var template = body.At(path.Split('.')) as JsonObject ?? [];
        MetadataValidation.Labels(template.At("metadata", "labels") as JsonObject, path + ".labels", errors);
        var spec = template["spec"] as JsonObject ?? [];
        PodValidation.Spec(spec, path + ".spec", errors);
        if (spec.Text("restartPolicy") == "Always" && !restartPolicies.Contains("Always"))
            errors.Required(path + ".spec.restartPolicy", $"valid values: {string.Join(", ", restartPolicies.Select(policy => $"\"{policy}\""))}");
        else if (!restartPolicies.Contains(spec.Text("restartPolicy")))
            errors.NotSupported(path + ".spec.restartPolicy", spec["restartPolicy"], restartPolicies);
    }

    private static void NotNegative(JsonObject body, FieldErrors errors, params string[] fields)
    {
        foreach (var field in fields.Where(field => body.Number("spec", field) < 0))
            errors.Invalid("spec." + field, JsonWords.Quote(body.At("spec", field)), "must be greater than or equal to 0");
    }

    private static JsonObject Without(JsonObject body, string[] fields)
    {
        var spec = (JsonObject)(body["spec"] as JsonObject ?? []).DeepClone();
        foreach (var field in fields)
            spec.Remove(field);
        return spec;
    }

    private static bool IsZero(JsonNode? amount) => amount?.ToString() is "0" or "0%";

    private static string Number(JsonNode? amount) => GoValue.Of(amount, "number");
}
