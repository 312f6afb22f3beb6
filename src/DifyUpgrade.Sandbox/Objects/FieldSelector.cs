using System.Text;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Picks objects by a few of their fields: <c>metadata.name=api,status.phase!=Running</c>.</summary>
internal sealed class FieldSelector
{
    private static readonly string[] Everywhere = ["metadata.name", "metadata.namespace"];

    private static readonly Dictionary<ResourceType, string[]> Fields = new()
    {
        [ResourceTypes.Pods] = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName"],
        [ResourceTypes.Events] = ["involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type"],
        [ResourceTypes.Namespaces] = ["status.phase", "name"],
        [ResourceTypes.Nodes] = ["spec.unschedulable"],
        [ResourceTypes.Secrets] = ["type"],
        [ResourceTypes.Services] = ["spec.clusterIP", "spec.type"],
        [ResourceTypes.ReplicaSets] = ["status.replicas"],
        [ResourceTypes.Jobs] = ["status.successful"],
    };

    private readonly IReadOnlyList<(string Field, string Value, bool Equal)> _terms;

    private FieldSelector(IReadOnlyList<(string Field, string Value, bool Equal)> terms) => _terms = terms;

    /// <summary>The one name that can match; null where the selector does not say.</summary>
    public string? Name => _terms.FirstOrDefault(term => term is { Field: "metadata.name", Equal: true }).Value;

    /// <summary>Reads the text form.</summary>
    /// <exception cref="ApiException">400: it cannot be read, or names a field that the kind cannot be searched by.</exception>
    public static FieldSelector Parse(ResourceType type, string text) =>
        new([.. SplitTerms(text).Where(term => term.Length > 0).Select(term => Term(type, term))]);

    /// <summary>Whether an object has fields as wanted.</summary>
    public bool Matches(JsonObject body)
    {
        foreach (var (field, value, equal) in _terms)
        {
            if (string.Equals(ValueOf(body, field), value, StringComparison.Ordinal) != equal)
                return false;
        }

        return true;
    }

    private static (string Field, string Value, bool Equal) Term(ResourceType type, string term)
    {
        var at = term.IndexOf('=', StringComparison.Ordinal);
        if (at < 0)
            throw ApiException.BadRequest($"invalid selector: '{term}'; can't understand '{term}'");
        var unequal = at > 0 && term[at - 1] == '!';
        var field = term[..(unequal ? at - 1 : at)];
        var value = Unescape(term[(at + 1)..].StartsWith('=') && !unequal ? term[(at + 2)..] : term[(at + 1)..]);
        if (!Everywhere.Contains(field) && !Fields.GetValueOrDefault(type, []).Contains(field))
            throw Unsupported(type, field);
        return (field, value, !unequal);
    }

    private static ApiException Unsupported(ResourceType type, string field) => ApiException.BadRequest(
        Fields.ContainsKey(type) ? $"field label not supported: {field}" : $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");

    private static string ValueOf(JsonObject body, string field) => field switch
    {
        "name" => body.Text("metadata", "name") ?? "",
        "source" => body.Text("source", "component") ?? body.Text("reportingComponent") ?? "",
        "status.successful" => body.At("status", "succeeded")?.ToString() ?? "0",
        "status.replicas" => body.At("status", "replicas")?.ToString() ?? "0",
        "spec.unschedulable" or "spec.hostNetwork" => body.Flag(field.Split('.')) ? "true" : "false",
        "status.podIPs" => string.Join(',', body.Items("status", "podIPs").Select(item => item.Text("ip"))),
        _ => body.At(field.Split('.'))?.ToString() ?? "",
    };

    private static IEnumerable<string> SplitTerms(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == ',')
            {
                yield return text[start..at];
                start = at + 1;
            }
        }

        yield return text[start..];
    }

    private static string Unescape(string value)
    {
        var plain = new StringBuilder(value.Length);
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] == '\\' && (++at == value.Length || value[at] is not ('\\' or ',' or '=')))
                throw ApiException.BadRequest($"invalid field selector: invalid escape sequence in '{value}'");
            if (value[at] is ',' or '=' && value[at - (at > 0 ? 1 : 0)] != '\\')
                throw ApiException.BadRequest($"invalid field selector: unescaped '{value[at]}' in '{value}'");
            plain.Append(value[at]);
        }

        return plain.ToString();
    }
}
