using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Faults;

/// <summary>Fault rules as <c>/sandbox/faults</c> takes and shows them.</summary>
internal static class FaultJson
{
    private static readonly string[] Fields =
        ["id", "kind", "method", "path", "namespace", "pod", "labels", "container", "node", "times", "status", "retryAfter", "delaySeconds", "afterEvents", "message", "agent", "watch"];

    private static readonly string[] Numbers = ["times", "status", "retryAfter", "afterEvents"];

    /// <summary>Reads a rule.</summary>
    /// <exception cref="ApiException">It cannot mean anything (400); says everything that is wrong with it.</exception>
    public static FaultRule Read(JsonObject json)
    {
        var problems = Problems(json).ToList();
        if (problems.Count > 0)
            throw ApiException.BadRequest($"not a fault: {string.Join("; ", problems)}");
        return new FaultRule(json.Text("kind")!)
        {
            Id = json.Text("id") ?? "",
            Method = json.Text("method"),
            Path = json.Text("path"),
            Agent = json.Text("agent"),
            Watch = json.At("watch") is JsonValue watch && watch.TryGetValue<bool>(out var only) ? only : null,
            Namespace = json.Text("namespace"),
            Pod = json.Text("pod"),
            Labels = json["labels"] is JsonObject labels ? labels.ToDictionary(label => label.Key, label => label.Value?.ToString() ?? "") : new Dictionary<string, string>(),
            Container = json.Text("container"),
            Node = json.Text("node"),
            Times = (int?)json.Number("times"),
            Status = (int)(json.Number("status") ?? 500),
            RetryAfter = (int?)json.Number("retryAfter"),
            DelaySeconds = json.At("delaySeconds") is JsonValue delay && delay.TryGetValue<double>(out var seconds) ? seconds : 0,
            AfterEvents = (int)(json.Number("afterEvents") ?? 0),
            Message = json.Text("message"),
        };
    }

    /// <summary>Writes a rule; what is not given is left out.</summary>
    public static JsonObject Write(FaultRule rule)
    {
        var json = new JsonObject
        {
            ["id"] = rule.Id,
            ["kind"] = rule.Kind,
            ["method"] = rule.Method,
            ["path"] = rule.Path,
            ["agent"] = rule.Agent,
            ["watch"] = rule.Watch,
            ["namespace"] = rule.Namespace,
            ["pod"] = rule.Pod,
            ["labels"] = rule.Labels.Count == 0 ? null : new JsonObject(rule.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
            ["container"] = rule.Container,
            ["node"] = rule.Node,
            ["times"] = rule.Times,
            ["status"] = rule.Kind == FaultKind.Status ? rule.Status : null,
            ["retryAfter"] = rule.RetryAfter,
            ["delaySeconds"] = rule.DelaySeconds > 0 ? rule.DelaySeconds : null,
            ["afterEvents"] = rule.Kind == FaultKind.WatchCut ? rule.AfterEvents : null,
            ["message"] = rule.Message,
        };
        foreach (var field in json.Where(field => field.Value is null).Select(field => field.Key).ToList())
            json.Remove(field);
        return json;
    }

    private static IEnumerable<string> Problems(JsonObject json)
    {
        foreach (var field in json.Select(field => field.Key).Where(field => !Fields.Contains(field)))
            yield return $"unknown field \"{field}\", known are {string.Join(", ", Fields)}";
        if (json.Text("kind") is not { } kind || !FaultKind.All.Contains(kind))
            yield return $"kind is {json["kind"]?.ToJsonString() ?? "missing"}, known are {string.Join(", ", FaultKind.All)}";
        foreach (var field in Numbers.Where(field => json.ContainsKey(field) && json.Number(field) is null or < 0 or > int.MaxValue))
            yield return $"{field} must be a whole number, not {json[field]?.ToJsonString()}";
        if (json.Number("status") is { } status and (< 400 or > 599))
            yield return $"status must be between 400 and 599, not {status}";
        if (json.Text("kind") == FaultKind.Slow && !(json.At("delaySeconds") is JsonValue delay && delay.TryGetValue<double>(out var seconds) && seconds is > 0 and < 3600))
            yield return "slow needs delaySeconds between 0 and 3600";
    }
}
