using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>Collects what is to be in a configMap, secret, downwardAPI or projected volume.</summary>
/// <param name="pod">The pod.</param>
internal sealed class PayloadReader(SimulatedPod pod)
{
    private const int UsualMode = 0b110_100_100;

    /// <summary>The files of a volume.</summary>
    /// <returns>Null for a volume of another kind.</returns>
    /// <exception cref="VolumeException">Something it needs is missing.</exception>
    public Payload? Read(JsonObject volume)
    {
        var payload = new Payload();
        if (volume["configMap"] is JsonObject map)
            AddMap(payload, map, map.Text("name"), ModeOf(map, UsualMode));
        else if (volume["secret"] is JsonObject secret)
            AddSecret(payload, secret, secret.Text("secretName"), ModeOf(secret, UsualMode));
        else if (volume["downwardAPI"] is JsonObject downward)
            AddFields(payload, downward, ModeOf(downward, UsualMode));
        else if (volume["projected"] is JsonObject projected)
            AddSources(payload, projected);
        else
            return null;
        return payload;
    }

    private void AddSources(Payload payload, JsonObject projected)
    {
        var mode = ModeOf(projected, UsualMode);
        var problems = new List<string>();
        foreach (var source in projected.Items("sources"))
        {
            try
            {
                if (source["configMap"] is JsonObject map)
                    AddMap(payload, map, map.Text("name"), mode);
                else if (source["secret"] is JsonObject secret)
                    AddSecret(payload, secret, secret.Text("name"), mode);
                else if (source["downwardAPI"] is JsonObject downward)
                    AddFields(payload, downward, mode);
                else if (source["serviceAccountToken"] is JsonObject token)
                    payload[token.Text("path") ?? "token"] = (Encoding.UTF8.GetBytes($"sandbox-token-of-{pod.Uid}"), mode);
            }
            catch (VolumeException problem)
            {
                problems.Add(problem.Message);
            }
        }

        if (problems.Count > 0)
            throw new VolumeException(problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]");
    }

    private void AddMap(Payload payload, JsonObject source, string? name, int mode)
    {
        if (Find(ResourceTypes.ConfigMaps, name) is { } map)
            Add(payload, source, mode, ConfigContent.Of(map), key => $"configmap references non-existent config key: {key}");
        else if (!source.Flag("optional"))
            throw new VolumeException($"configmap \"{name}\" not found");
    }

    private void AddSecret(Payload payload, JsonObject source, string? name, int mode)
    {
        if (Find(ResourceTypes.Secrets, name) is { } secret)
            Add(payload, source, mode, ConfigContent.Of(secret), key => $"references non-existent secret key: {key}");
        else if (!source.Flag("optional"))
            throw new VolumeException($"secret \"{name}\" not found");
    }

    private static void Add(Payload payload, JsonObject source, int mode, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> content, Func<string, string> missing)
    {
        if (source["items"] is not JsonArray { Count: > 0 })
        {
            foreach (var (key, value) in content)
                payload[key] = (value, mode);
            return;
        }

        foreach (var item in source.Items("items"))
        {
            var key = item.Text("key") ?? "";
            if (content.TryGetValue(key, out var value))
                payload[item.Text("path") ?? key] = (value, (int)(item.Number("mode") ?? mode));
            else if (!source.Flag("optional"))
                throw new VolumeException(missing(key));
        }
    }

    private void AddFields(Payload payload, JsonObject downward, int mode)
    {
        foreach (var item in downward.Items("items"))
        {
            var text = item["fieldRef"] is JsonObject field ? PodField.Of(pod, field.Text("fieldPath") ?? "", allLabels: true)
                : item["resourceFieldRef"] is JsonObject resource ? PodField.Resource(pod.Find(resource.Text("containerName") ?? "")?.Spec, resource)
                : "";
            payload[item.Text("path") ?? ""] = (Encoding.UTF8.GetBytes(text ?? ""), (int)(item.Number("mode") ?? mode));
        }
    }

    private StoredObject? Find(ResourceType type, string? name) =>
        pod.Services.Store.Get(type, pod.Body.Text("metadata", "namespace") ?? "", name ?? "");

    private static int ModeOf(JsonObject source, int usual) => (int)(source.Number("defaultMode") ?? usual);
}
