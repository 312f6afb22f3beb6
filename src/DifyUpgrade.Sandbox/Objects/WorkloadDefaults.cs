using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Defaults of the kinds that make pods, and of the autoscaler.</summary>
internal static class WorkloadDefaults
{
    /// <summary>A Deployment.</summary>
    public static void Deployment(JsonObject body)
    {
        var spec = body.Child("spec");
        spec.Default("replicas", 1L);
        spec.Default("revisionHistoryLimit", 10L);
        spec.Default("progressDeadlineSeconds", 600L);
        var strategy = spec.Child("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Child("rollingUpdate").Default("maxUnavailable", "25%");
            strategy.Child("rollingUpdate").Default("maxSurge", "25%");
        }

        PodDefaults.Template(spec.Child("template"));
    }

    /// <summary>A ReplicaSet.</summary>
    public static void ReplicaSet(JsonObject body)
    {
        body.Child("spec").Default("replicas", 1L);
        body.Child("status").Default("replicas", 0L);
        PodDefaults.Template(body.Child("spec").Child("template"));
    }

    /// <summary>A StatefulSet.</summary>
    public static void StatefulSet(JsonObject body)
    {
        var spec = body.Child("spec");
        spec.Default("replicas", 1L);
        spec.Default("revisionHistoryLimit", 10L);
        spec.Default("podManagementPolicy", "OrderedReady");
        var strategy = spec.Child("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
            strategy.Child("rollingUpdate").Default("partition", 0L);
        spec.Child("persistentVolumeClaimRetentionPolicy").Default("whenDeleted", "Retain");
        spec.Child("persistentVolumeClaimRetentionPolicy").Default("whenScaled", "Retain");
        body.Child("status").Default("replicas", 0L);
        foreach (var claim in spec.Items("volumeClaimTemplates"))
        {
            (claim["apiVersion"], claim["kind"]) = ("v1", "PersistentVolumeClaim");
            claim.Child("metadata").TryAdd("creationTimestamp", null);
            ClusterDefaults.Claim(claim);
        }

        PodDefaults.Template(spec.Child("template"));
    }

    /// <summary>A DaemonSet.</summary>
    public static void DaemonSet(JsonObject body)
    {
        var spec = body.Child("spec");
        spec.Default("revisionHistoryLimit", 10L);
        var strategy = spec.Child("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Child("rollingUpdate").Default("maxUnavailable", 1L);
            strategy.Child("rollingUpdate").Default("maxSurge", 0L);
        }

        body.Child("metadata").Child("annotations").Default("deprecated.daemonset.template.generation", "1");
        foreach (var count in new[] { "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady" })
            body.Child("status").Default(count, 0L);
        PodDefaults.Template(spec.Child("template"));
    }

    /// <summary>A Job; its selector is the object's own uid unless it brings one.</summary>
    public static void Job(JsonObject body)
    {
        var spec = body.Child("spec");
        if (spec["completions"] is null && spec["parallelism"] is null)
            spec["completions"] = 1L;
        spec.Default("parallelism", 1L);
        spec.Default("backoffLimit", 6L);
        spec.Default("completionMode", "NonIndexed");
        spec.Default("podReplacementPolicy", "TerminatingOrFailed");
        spec.Default("suspend", false);
        var isLabelled = spec.At("template", "metadata", "labels") is JsonObject { Count: > 0 };
        if (!spec.Flag("manualSelector") && spec["selector"] is null)
            SelectByUid(body, spec);
        if (isLabelled)
            TakeLabels(body, spec.Child("template"));
        PodDefaults.Template(spec.Child("template"));
    }

    /// <summary>A CronJob.</summary>
    public static void CronJob(JsonObject body)
    {
        var spec = body.Child("spec");
        spec.Default("concurrencyPolicy", "Allow");
        spec.Default("suspend", false);
        spec.Default("successfulJobsHistoryLimit", 3L);
        spec.Default("failedJobsHistoryLimit", 1L);
        var job = spec.Child("jobTemplate");
        job.Child("metadata").TryAdd("creationTimestamp", null);
        PodDefaults.Template(job.Child("spec").Child("template"));
    }

    /// <summary>An autoscaler.</summary>
    public static void HorizontalPodAutoscaler(JsonObject body)
    {
        body.Child("spec").Default("minReplicas", 1L);
        body.Child("spec").Default("metrics", new JsonArray(new JsonObject
        {
            ["type"] = "Resource",
            ["resource"] = new JsonObject { ["name"] = "cpu", ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = 80L } },
        }));
        ScalingDefaults.Behavior(body.At("spec", "behavior") as JsonObject);
        body.Child("status").TryAdd("currentMetrics", null);
        body.Child("status").Default("desiredReplicas", 0L);
    }

    /// <summary>A Job without labels takes those of its pods.</summary>
    private static void TakeLabels(JsonObject body, JsonObject template)
    {
        if (body.At("metadata", "labels") is not JsonObject { Count: > 0 } && template.At("metadata", "labels") is JsonObject { Count: > 0 } labels)
            body.Child("metadata")["labels"] = labels.DeepClone();
    }

    private static void SelectByUid(JsonObject body, JsonObject spec)
    {
        var metadata = body.Child("metadata");
        metadata.Default("uid", Guid.NewGuid().ToString());
        spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["batch.kubernetes.io/controller-uid"] = metadata.Text("uid") } };
        var labels = spec.Child("template").Child("metadata").Child("labels");
        foreach (var prefix in new[] { "", "batch.kubernetes.io/" })
        {
            labels[prefix + "controller-uid"] = metadata.Text("uid");
            labels[prefix + "job-name"] = metadata.Text("name");
        }
    }
}
