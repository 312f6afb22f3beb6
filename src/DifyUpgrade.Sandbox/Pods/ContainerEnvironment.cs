using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Pods.Volumes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>A container's environment, as kubelet puts it together.</summary>
/// <param name="pod">The pod.</param>
/// <param name="spec">The container's part of the pod's spec.</param>
internal sealed class ContainerEnvironment(SimulatedPod pod, JsonObject spec)
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    private string Space => pod.Body.Text("metadata", "namespace") ?? "";

    /// <summary>The variables.</summary>
    /// <param name="image">Those of the image, which come first.</param>
    /// <exception cref="ContainerStartException">A ConfigMap, a Secret or a key in one is missing.</exception>
    public IReadOnlyDictionary<string, string> Read(IReadOnlyDictionary<string, string> image)
    {
        foreach (var (name, value) in image)
            _variables[name] = value;
        _variables["HOSTNAME"] = pod.Spec.Text("hostname") ?? pod.Body.Text("metadata", "name") ?? "";
        AddService();
        foreach (var source in spec.Items("envFrom"))
            AddAll(source);
        foreach (var variable in spec.Items("env"))
        {
            if (ValueOf(variable) is { } value)
                _variables[variable.Text("name")!] = value;
        }

        return _variables;
    }

    /// <summary>Puts variables in for <c>$(NAME)</c>; one that is not known stays as it is written.</summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
            return text;
        var expanded = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var next = at + 1 < text.Length ? text[at + 1] : ' ';
            var end = text[at] == '$' && next == '(' ? text.IndexOf(')', at) : -1;
            if (text[at] == '$' && next == '$')
                expanded.Append(text[at++]);
            else if (end > 0 && variables.TryGetValue(text[(at + 2)..end], out var value))
                (_, at) = (expanded.Append(value), end);
            else
                expanded.Append(text[at]);
        }

        return expanded.ToString();
    }

    // The API server's own Service is announced everywhere, whatever enableServiceLinks says.
    private void AddService()
    {
        const string Address = "10.96.0.1";
        _variables["KUBERNETES_SERVICE_HOST"] = Address;
        _variables["KUBERNETES_SERVICE_PORT"] = _variables["KUBERNETES_SERVICE_PORT_HTTPS"] = _variables["KUBERNETES_PORT_443_TCP_PORT"] = "443";
        _variables["KUBERNETES_PORT"] = _variables["KUBERNETES_PORT_443_TCP"] = $"tcp://{Address}:443";
        _variables["KUBERNETES_PORT_443_TCP_PROTO"] = "tcp";
        _variables["KUBERNETES_PORT_443_TCP_ADDR"] = Address;
    }

    private void AddAll(JsonObject source)
    {
        var prefix = source.Text("prefix") ?? "";
        foreach (var (type, reference, kind) in (IEnumerable<(ResourceType, JsonNode?, string)>)[(ResourceTypes.ConfigMaps, source["configMapRef"], "configmap"), (ResourceTypes.Secrets, source["secretRef"], "secret")])
        {
            if (reference is null)
                continue;
            if (Find(type, reference.Text("name")) is not { } found)
            {
                if (!reference.Flag("optional"))
                    throw ContainerStartException.Config($"{kind} \"{reference.Text("name")}\" not found");
                continue;
            }

            foreach (var (key, value) in ConfigContent.Of(found))
                _variables[prefix + key] = Encoding.UTF8.GetString(value.Span);
        }
    }

    private string? ValueOf(JsonObject variable)
    {
        var from = variable["valueFrom"];
        if (from is null)
            return Expand(variable.Text("value") ?? "", _variables);
        if (from.At("fieldRef") is { } field)
            return PodField.Of(pod, field.Text("fieldPath") ?? "") ?? throw ContainerStartException.Config($"unsupported fieldPath: {field.Text("fieldPath")}");
        if (from.At("resourceFieldRef") is JsonObject resource)
            return PodField.Resource(pod.Find(resource.Text("containerName") ?? "")?.Spec ?? spec, resource);
        return from.At("configMapKeyRef") is { } map ? Key(ResourceTypes.ConfigMaps, map, "configmap")
            : from.At("secretKeyRef") is { } secret ? Key(ResourceTypes.Secrets, secret, "secret")
            : "";
    }

    private string? Key(ResourceType type, JsonNode reference, string kind)
    {
        var (name, key) = (reference.Text("name"), reference.Text("key") ?? "");
        if (Find(type, name) is not { } found)
            return reference.Flag("optional") ? null : throw ContainerStartException.Config($"{kind} \"{name}\" not found");
        if (ConfigContent.Of(found).TryGetValue(key, out var value))
            return Encoding.UTF8.GetString(value.Span);
        return reference.Flag("optional") ? null : throw ContainerStartException.Config($"couldn't find key {key} in {type.Kind} {Space}/{name}");
    }

    private StoredObject? Find(ResourceType type, string? name) => pod.Services.Store.Get(type, Space, name ?? "");
}
