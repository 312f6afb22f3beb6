using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The rules for pods and pod templates.</summary>
internal static partial class PodValidation
{
    private static readonly string[] Counts = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold", "terminationGracePeriodSeconds"];
    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket", "grpc"];
    private static readonly string[] VolumeSources =
        ["hostPath", "emptyDir", "gitRepo", "secret", "nfs", "iscsi", "persistentVolumeClaim", "cephfs", "downwardAPI", "azureFile", "configMap", "projected", "csi", "ephemeral", "image"];

    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];

    /// <summary>A pod.</summary>
    public static void Pod(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        Spec(body["spec"] as JsonObject ?? [], "spec", errors);
        if (before is not null && !JsonNode.DeepEquals(Mutable(before), Mutable(body)))
            errors.Forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
    }

    /// <summary>A pod's spec.</summary>
    public static void Spec(JsonObject spec, string path, FieldErrors errors)
    {
        var volumes = Volumes(spec, path + ".volumes", errors);
        if (!spec.Items("containers").Any())
            errors.Required(path + ".containers");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in new[] { "containers", "initContainers" })
        {
            var containers = spec.Items(list).ToList();
            for (var index = 0; index < containers.Count; index++)
                Container(containers[index], $"{path}.{list}[{index}]", names, volumes, errors);
        }

        if (spec.Text("restartPolicy") is not ("Always" or "OnFailure" or "Never"))
            errors.NotSupported(path + ".restartPolicy", spec["restartPolicy"], "Always", "OnFailure", "Never");
        if (spec.Text("dnsPolicy") is not ("ClusterFirst" or "ClusterFirstWithHostNet" or "Default" or "None"))
            errors.NotSupported(path + ".dnsPolicy", spec["dnsPolicy"], "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
        if (spec.Text("serviceAccountName") is { Length: > 0 } account && Names.SubdomainProblem(account) is { } problem)
            errors.Invalid(path + ".serviceAccountName", $"\"{account}\"", problem);
    }

    private static HashSet<string> Volumes(JsonObject spec, string path, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var volumes = spec.Items("volumes").ToList();
        for (var index = 0; index < volumes.Count; index++)
        {
            var name = volumes[index].Text("name") ?? "";
            var before = errors.Count;
            Sources(volumes[index], $"{path}[{index}]", errors);
            if (name.Length == 0)
                errors.Required($"{path}[{index}].name");
            else if (Names.LabelProblem(name) is { } problem)
                errors.Invalid($"{path}[{index}].name", $"\"{name}\"", problem);
            else if (names.Contains(name))
                errors.Duplicate($"{path}[{index}].name", $"\"{name}\"");
            if (errors.Count == before)
                names.Add(name);
        }

        return names;
    }

    private static void Sources(JsonObject volume, string path, FieldErrors errors)
    {
        var sources = VolumeSources.Where(source => volume[source] is JsonObject).ToList();
        foreach (var source in sources.Skip(1))
            errors.Forbidden($"{path}.{source}", "may not specify more than 1 volume type");
        if (sources is ["configMap"] && volume.Text("configMap", "name") is not { Length: > 0 })
            errors.Required($"{path}.configMap.name");
        if (sources is ["secret"] && volume.Text("secret", "secretName") is not { Length: > 0 })
            errors.Required($"{path}.secret.secretName");
        if (sources is ["persistentVolumeClaim"] && volume.Text("persistentVolumeClaim", "claimName") is not { Length: > 0 })
            errors.Required($"{path}.persistentVolumeClaim.claimName");
    }

    private static void Container(JsonObject container, string path, HashSet<string> names, HashSet<string> volumes, FieldErrors errors)
    {
        var name = container.Text("name") ?? "";
        if (name.Length == 0)
            errors.Required(path + ".name");
        else if (Names.LabelProblem(name) is { } problem)
            errors.Invalid(path + ".name", $"\"{name}\"", problem);
        else if (!names.Add(name))
            errors.Duplicate(path + ".name", $"\"{name}\"");
        if (container.Text("image") is not { Length: > 0 })
            errors.Required(path + ".image");
        if (container.Text("imagePullPolicy") is not ("Always" or "IfNotPresent" or "Never"))
            errors.NotSupported(path + ".imagePullPolicy", container["imagePullPolicy"], "Always", "IfNotPresent", "Never");
        Ports(container, path, errors);
        Environment(container, path, errors);
        Mounts(container, path, volumes, errors);
        foreach (var probe in Probes)
            Probe(container[probe] as JsonObject, $"{path}.{probe}", probe == "readinessProbe", errors);
        Resources(container["resources"], path + ".resources", errors);
    }

    private static void Ports(JsonObject container, string path, FieldErrors errors)
    {
        var ports = container.Items("ports").ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < ports.Count; index++)
        {
            var port = ports[index];
            if (port.Text("name") is { Length: > 0 } name && !names.Add(name))
                errors.Duplicate($"{path}.ports[{index}].name", $"\"{name}\"");
            if (port["containerPort"] is null)
                errors.Required($"{path}.ports[{index}].containerPort");
            else if (port.Number("containerPort") is not (> 0 and < 65_536))
                errors.Invalid($"{path}.ports[{index}].containerPort", JsonWords.Quote(port["containerPort"]), "must be between 1 and 65535, inclusive");
            if (port.Text("protocol") is not ("TCP" or "UDP" or "SCTP"))
                errors.NotSupported($"{path}.ports[{index}].protocol", port["protocol"], "SCTP", "TCP", "UDP");
        }
    }

    private static void Environment(JsonObject container, string path, FieldErrors errors)
    {
        var variables = container.Items("env").ToList();
        for (var index = 0; index < variables.Count; index++)
        {
            var name = variables[index].Text("name") ?? "";
            if (name.Length == 0)
                errors.Required($"{path}.env[{index}].name");
            else if (!VariableName().IsMatch(name))
                errors.Invalid($"{path}.env[{index}].name", $"\"{name}\"", "a valid environment variable name must consist only of printable ASCII characters other than '='");
            if (variables[index].Text("value") is { Length: > 0 } && variables[index]["valueFrom"] is JsonObject { Count: > 0 })
                errors.Invalid($"{path}.env[{index}].valueFrom", "\"\"", "may not be specified when `value` is not empty");
        }
    }

    private static void Mounts(JsonObject container, string path, HashSet<string> volumes, FieldErrors errors)
    {
        var mounts = container.Items("volumeMounts").ToList();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < mounts.Count; index++)
        {
            var (mount, field) = (mounts[index], $"{path}.volumeMounts[{index}]");
            if (mount.Text("name") is not { Length: > 0 } name)
                errors.Required(field + ".name");
            else if (!volumes.Contains(name))
                errors.NotFound(field + ".name", $"\"{name}\"");
            if (mount.Text("mountPath") is not { Length: > 0 } target)
                errors.Required(field + ".mountPath");
            else if (!paths.Add(target))
                errors.Invalid(field + ".mountPath", $"\"{target}\"", "must be unique");
            if (mount.Text("subPath") is { } inner && (inner.StartsWith('/') || inner.Split('/').Contains("..")))
                errors.Invalid(field + ".subPath", $"\"{inner}\"", inner.StartsWith('/') ? "must be a relative path" : "must not contain '..'");
        }
    }

    private static void Probe(JsonObject? probe, string path, bool mayCount, FieldErrors errors)
    {
        if (probe is null)
            return;
        var handlers = Handlers.Where(handler => probe[handler] is JsonObject).ToList();
        if (handlers.Count == 0)
            errors.Required(path, "must specify a handler type");
        foreach (var handler in handlers.Skip(1))
            errors.Forbidden($"{path}.{handler}", "may not specify more than 1 handler type");
        foreach (var count in Counts.Where(count => probe.Number(count) < 0))
            errors.Invalid($"{path}.{count}", JsonWords.Quote(probe[count]), "must be greater than or equal to 0");
        if (!mayCount && probe.Number("successThreshold") is not (null or 1))
            errors.Invalid(path + ".successThreshold", JsonWords.Quote(probe["successThreshold"]), "must be 1");
        if (probe["httpGet"] is JsonObject get && get["port"] is null)
            errors.Invalid(path + ".httpGet.port", "0", "must be between 1 and 65535, inclusive");
    }

    private static void Resources(JsonNode? resources, string path, FieldErrors errors)
    {
        foreach (var (name, request) in resources.At("requests") as JsonObject ?? [])
        {
            if (resources.At("limits", name) is { } limit && Quantity.Parse(request?.ToString()) > Quantity.Parse(limit.ToString()))
                errors.Invalid($"{path}.requests", $"\"{request}\"", $"must be less than or equal to {name} limit of {limit}");
        }
    }

    private static JsonObject Mutable(JsonObject pod)
    {
        var spec = (JsonObject)(pod["spec"] as JsonObject ?? []).DeepClone();
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
            container.Remove("image");
        foreach (var field in new[] { "activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "ephemeralContainers", "nodeName" })
            spec.Remove(field);
        return spec;
    }

    [GeneratedRegex(@"^[ -<>-~]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();
}
