using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Defaults of pods and pod templates.</summary>
internal static class PodDefaults
{
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];
    private static readonly string[] ContainerLists = ["initContainers", "containers", "ephemeralContainers"];

    /// <summary>A pod template, as workloads have it.</summary>
    public static void Template(JsonObject template)
    {
        template.Child("metadata").TryAdd("creationTimestamp", null);
        Spec(template.Child("spec"));
    }

    /// <summary>A pod: what a template gets, and what admission adds to a pod only.</summary>
    public static void Pod(JsonObject pod)
    {
        var spec = pod.Child("spec");
        spec.Default("serviceAccountName", spec.Text("serviceAccount") ?? "default");
        Spec(spec);
        spec.Default("enableServiceLinks", true);
        spec.Default("preemptionPolicy", "PreemptLowerPriority");
        spec.Default("priority", 0L);
        foreach (var container in ContainerLists.SelectMany(list => spec.Items(list)))
            RequestLimits(container);
        foreach (var taint in new[] { "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable" })
            Tolerate(spec, taint);
        pod.Child("status").Default("phase", "Pending");
        pod.Child("status").Default("qosClass", QualityOfService.Of(spec));
    }

    private static void Spec(JsonObject spec)
    {
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("restartPolicy", "Always");
        spec.Default("schedulerName", "default-scheduler");
        spec.Default("securityContext", new JsonObject());
        spec.Default("terminationGracePeriodSeconds", 30L);
        if ((spec.Text("serviceAccountName") ?? spec.Text("serviceAccount")) is { Length: > 0 } account)
            (spec["serviceAccountName"], spec["serviceAccount"]) = (account, account);
        foreach (var container in ContainerLists.SelectMany(list => spec.Items(list)))
            Container(container, spec.Flag("hostNetwork"));
        foreach (var volume in spec.Items("volumes"))
            VolumeDefaults.Volume(volume);
    }

    private static void Container(JsonObject container, bool hostNetwork)
    {
        container.Default("imagePullPolicy", PullPolicy(container.Text("image") ?? ""));
        container.Default("resources", new JsonObject());
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        foreach (var port in container.Items("ports"))
        {
            port.Default("protocol", "TCP");
            if (hostNetwork)
                port.Default("hostPort", port["containerPort"]?.DeepClone());
        }

        foreach (var variable in container.Items("env"))
        {
            VolumeDefaults.FieldReference(variable["valueFrom"]);
            VolumeDefaults.ResourceReference(variable["valueFrom"]);
        }

        foreach (var probe in Probes)
            Probe(container[probe]);
        HttpGet(container.At("lifecycle", "postStart"));
        HttpGet(container.At("lifecycle", "preStop"));
    }

    private static void Probe(JsonNode? node)
    {
        if (node is not JsonObject probe)
            return;
        probe.Default("timeoutSeconds", 1L);
        probe.Default("periodSeconds", 10L);
        probe.Default("successThreshold", 1L);
        probe.Default("failureThreshold", 3L);
        HttpGet(probe);
        if (probe["grpc"] is JsonObject grpc)
            grpc.Default("service", "");
    }

    private static void HttpGet(JsonNode? handler)
    {
        if (handler.At("httpGet") is not JsonObject get)
            return;
        get.Default("path", "/");
        get.Default("scheme", "HTTP");
    }

    private static void RequestLimits(JsonObject container)
    {
        if (container.At("resources", "limits") is not JsonObject { Count: > 0 } limits)
            return;
        var requests = container.Child("resources").Child("requests");
        foreach (var (resource, amount) in limits)
            requests.Default(resource, amount?.DeepClone());
    }

    private static void Tolerate(JsonObject spec, string taint)
    {
        if (spec.Items("tolerations").Any(one => one.Text("key") is var key && (key == taint || string.IsNullOrEmpty(key)) && one.Text("effect") is null or "" or "NoExecute"))
            return;
        var toleration = new JsonObject { ["key"] = taint, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = 300L };
        if (spec["tolerations"] is JsonArray tolerations)
            tolerations.Add(toleration);
        else
            spec["tolerations"] = new JsonArray(toleration);
    }

    private static string PullPolicy(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        var isLatest = !name.Contains('@', StringComparison.Ordinal) && (!name.Contains(':', StringComparison.Ordinal) || name.EndsWith(":latest", StringComparison.Ordinal));
        return isLatest ? "Always" : "IfNotPresent";
    }
}
