using System.Text;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The rules for ConfigMaps, Secrets and claims.</summary>
internal static class DataValidation
{
    /// <summary>1 MiB.</summary>
    private const long MostBytes = 1024 * 1024;

    /// <summary>A ConfigMap.</summary>
    public static void ConfigMap(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        Immutable(body, before, ["data", "binaryData"], errors);
        var text = body["data"] as JsonObject ?? [];
        var binary = body["binaryData"] as JsonObject ?? [];
        Keys(text, "data", errors);
        Keys(binary, "binaryData", errors);
        foreach (var key in text.Select(entry => entry.Key).Where(binary.ContainsKey))
            errors.Invalid($"data[{key}]", JsonWords.Quote(key), "duplicate of key present in binaryData");
        if (text.Sum(TextBytes) + binary.Sum(DecodedBytes) > MostBytes)
            errors.TooLong("", MostBytes);
    }

    /// <summary>A Secret.</summary>
    public static void Secret(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        if (before is not null && before.Text("type") != body.Text("type"))
            errors.Invalid("type", JsonWords.Quote(body["type"]), "field is immutable");
        Immutable(body, before, ["data"], errors);
        var data = body["data"] as JsonObject ?? [];
        Keys(data, "data", errors);
        if (data.Sum(DecodedBytes) > MostBytes)
            errors.TooLong("data", MostBytes);
        foreach (var key in WantedKeys(body.Text("type")).Where(key => !data.ContainsKey(key)))
            errors.Required($"data[{key}]");
    }

    /// <summary>A PersistentVolumeClaim.</summary>
    public static void Claim(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        if (body.At("spec", "accessModes") is not JsonArray { Count: > 0 })
            errors.Required("spec.accessModes", "at least 1 access mode is required");
        foreach (var mode in (body.At("spec", "accessModes") as JsonArray ?? []).Where(mode => mode?.ToString() is not ("ReadWriteOnce" or "ReadOnlyMany" or "ReadWriteMany" or "ReadWriteOncePod")))
            errors.NotSupported("spec.accessModes", mode, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
        if (body.At("spec", "resources", "requests", "storage") is null)
            errors.Required("spec.resources[storage]");
        if (before is not null && before.Text("status", "phase") == "Bound" && !JsonNode.DeepEquals(WithoutGrowth(before), WithoutGrowth(body)))
            errors.Forbidden("spec", "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
    }

    private static JsonObject WithoutGrowth(JsonObject claim)
    {
        var spec = (JsonObject)(claim["spec"] as JsonObject ?? []).DeepClone();
        spec.Remove("resources");
        spec.Remove("volumeAttributesClassName");
        return spec;
    }

    private static void Immutable(JsonObject body, JsonObject? before, string[] fields, FieldErrors errors)
    {
        if (!before.Flag("immutable"))
            return;
        if (!body.Flag("immutable"))
            errors.Forbidden("immutable", "field is immutable when `immutable` is set");
        foreach (var field in fields.Where(field => !JsonNode.DeepEquals(body[field], before![field])))
            errors.Forbidden(field, "field is immutable when `immutable` is set");
    }

    private static void Keys(JsonObject data, string path, FieldErrors errors)
    {
        foreach (var (key, _) in data)
        {
            if (Names.ConfigKeyProblem(key) is { } problem)
                errors.Invalid($"{path}[{key}]", $"\"{key}\"", problem);
        }
    }

    private static string[] WantedKeys(string? type) => type switch
    {
        "kubernetes.io/tls" => ["tls.crt", "tls.key"],
        "kubernetes.io/dockerconfigjson" => [".dockerconfigjson"],
        "kubernetes.io/dockercfg" => [".dockercfg"],
        "kubernetes.io/ssh-auth" => ["ssh-privatekey"],
        _ => [],
    };

    private static long TextBytes(KeyValuePair<string, JsonNode?> entry) => Encoding.UTF8.GetByteCount(entry.Value?.ToString() ?? "");

    private static long DecodedBytes(KeyValuePair<string, JsonNode?> entry)
    {
        var text = entry.Value?.ToString() ?? "";
        return (text.Length / 4 * 3L) - text.AsSpan().Count('=');
    }
}
