using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The rules for Services and Ingresses.</summary>
internal static class NetworkValidation
{
    /// <summary>A Service.</summary>
    public static void Service(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        var type = body.Text("spec", "type");
        var isHeadless = body.Text("spec", "clusterIP") == "None";
        if (type is not ("ClusterIP" or "NodePort" or "LoadBalancer" or "ExternalName"))
            errors.NotSupported("spec.type", body.At("spec", "type"), "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        var ports = body.Items("spec", "ports").ToList();
        if (ports.Count == 0 && !isHeadless && type != "ExternalName")
            errors.Required("spec.ports");
        for (var index = 0; index < ports.Count; index++)
            Port(ports[index], $"spec.ports[{index}]", ports.Count > 1, errors);
        Twice(ports, errors);
        MetadataValidation.Labels(body.At("spec", "selector") as JsonObject, "spec.selector", errors);
        if (before.Text("spec", "clusterIP") is { Length: > 0 } address && before.Text("spec", "type") != "ExternalName" && type != "ExternalName" && body.Text("spec", "clusterIP") != address)
            errors.Invalid("spec.clusterIPs[0]", $"[]string{{\"{body.Text("spec", "clusterIP")}\"}}", "may not change once set");
    }

    /// <summary>An Ingress.</summary>
    public static void Ingress(JsonObject body, FieldErrors errors)
    {
        var rules = body.Items("spec", "rules").ToList();
        if (rules.Count == 0 && body.At("spec", "defaultBackend") is null)
            errors.Invalid("spec", "[]networking.IngressRule(nil)", "either `defaultBackend` or `rules` must be specified");
        for (var index = 0; index < rules.Count; index++)
        {
            var paths = rules[index].Items("http", "paths").ToList();
            for (var at = 0; at < paths.Count; at++)
                Path(paths[at], $"spec.rules[{index}].http.paths[{at}]", errors);
        }
    }

    private static void Path(JsonObject path, string field, FieldErrors errors)
    {
        if (path["pathType"] is null)
            errors.Required(field + ".pathType", "pathType must be specified");
        else if (path.Text("pathType") is not ("Exact" or "Prefix" or "ImplementationSpecific"))
            errors.NotSupported(field + ".pathType", path["pathType"], "Exact", "ImplementationSpecific", "Prefix");
        else if (path.Text("pathType") != "ImplementationSpecific" && path.Text("path") is not ['/', ..])
            errors.Invalid(field + ".path", $"\"{path.Text("path")}\"", "must be an absolute path");
        if (path.At("backend", "service") is JsonObject service && service.At("port", "number") is null && service.At("port", "name") is null)
            errors.Required(field + ".backend", "port name or number is required");
    }

    private static void Port(JsonObject port, string path, bool isNamed, FieldErrors errors)
    {
        if (isNamed && port.Text("name") is not { Length: > 0 })
            errors.Required(path + ".name");
        else if (port.Text("name") is { Length: > 0 } name && Names.LabelProblem(name) is { } problem)
            errors.Invalid(path + ".name", $"\"{name}\"", problem);
        if (port.Number("port") is not (> 0 and < 65_536))
            errors.Invalid(path + ".port", JsonWords.Quote(port["port"] ?? 0), "must be between 1 and 65535, inclusive");
        if (port.Text("protocol") is not ("TCP" or "UDP" or "SCTP"))
            errors.NotSupported(path + ".protocol", port["protocol"], "SCTP", "TCP", "UDP");
        if (port["targetPort"] is JsonValue target && target.TryGetValue<long>(out var number) && number is < 1 or > 65_535)
            errors.Invalid(path + ".targetPort", number.ToString(), "must be between 1 and 65535, inclusive");
    }

    private static void Twice(List<JsonObject> ports, FieldErrors errors)
    {
        for (var index = 1; index < ports.Count; index++)
        {
            var port = ports[index];
            if (port.Text("name") is { } name && ports.Take(index).Any(other => other.Text("name") == name))
                errors.Duplicate($"spec.ports[{index}].name", $"\"{name}\"");
            if (ports.Take(index).Any(other => other.Number("port") == port.Number("port") && other.Text("protocol") == port.Text("protocol")))
                errors.Duplicate($"spec.ports[{index}]", $"core.ServicePort{{Name:\"\", Protocol:\"{port.Text("protocol")}\", AppProtocol:(*string)(nil), Port:{port.Number("port")}, TargetPort:intstr.IntOrString{{Type:0, IntVal:0, StrVal:\"\"}}, NodePort:0}}");
        }
    }
}
