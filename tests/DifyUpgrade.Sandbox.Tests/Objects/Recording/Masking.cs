using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DifyUpgrade.Sandbox.Tests.Objects.Recording;

/// <summary>Takes out of an answer what differs from one run to the next, and what controllers write in between.</summary>
internal static partial class Masking
{
    private static readonly string[] OfTheMoment = ["uid", "resourceVersion", "creationTimestamp", "selfLink", "generation", "namespace"];
    private static readonly string[] Addresses = ["clusterIP", "clusterIPs", "healthCheckNodePort"];
    private static readonly string[] Controllers = ["kube-controller-manager", "kubelet", "kube-scheduler"];
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The masked answer, keys in order.</summary>
    public static JsonObject Mask(JsonNode answer)
    {
        var masked = (JsonObject)answer.DeepClone();
        if (masked.Text("kind") == "Status")
            return new JsonObject { ["code"] = masked["code"]?.DeepClone(), ["reason"] = masked["reason"]?.DeepClone(), ["message"] = masked["message"]?.DeepClone(), ["details"] = masked["details"]?.DeepClone() };
        if (masked.Text("kind") == "Job" && masked.Text("metadata", "uid") is { } uid)
            masked = (JsonObject)JsonNode.Parse(masked.ToJsonString().Replace(uid, "(uid)", StringComparison.Ordinal))!;
        masked.Remove("status");
        Metadata(masked.Child("metadata"));
        foreach (var address in Addresses)
            (masked["spec"] as JsonObject)?.Remove(address);
        foreach (var port in masked.Items("spec", "ports"))
            port.Remove("nodePort");
        if (masked.Text("kind") == "ServiceAccount")
            masked.Remove("secrets");
        return masked;
    }

    /// <summary>As text, for files and for comparing.</summary>
    public static string Text(JsonNode node) => Sorted(node)!.ToJsonString(Format);

    /// <summary>
    /// An answer of the real server without what differs from one run of it to the next: the order of complaints,
    /// addresses of pointers, and the blanks of a comparison, which it varies on purpose.
    /// </summary>
    public static string Steady(string text)
    {
        var answer = (JsonObject)JsonNode.Parse(Varying().Replace(text, match => match.Value[0] == '0' ? "…" : " "))!;
        var complaints = answer.Items("details", "causes").Select(cause => cause.ToJsonString()).Order(StringComparer.Ordinal).ToList();
        if (complaints.Count > 1)
        {
            answer["details"]!["causes"] = new JsonArray([.. complaints.Select(complaint => JsonNode.Parse(complaint))]);
            answer["message"] = answer.Text("message")!.Split('[')[0];
        }

        return Text(answer);
    }

    [GeneratedRegex(@"0xc[0-9a-f]+|\\u00A0|\u00A0")]
    private static partial Regex Varying();

    private static void Metadata(JsonObject metadata)
    {
        foreach (var field in OfTheMoment)
            metadata.Remove(field);
        if (metadata["annotations"] is JsonObject annotations && annotations.Remove("deployment.kubernetes.io/revision") && annotations.Count == 0)
            metadata.Remove("annotations");
        if (metadata["managedFields"] is not JsonArray entries)
            return;
        var kept = entries.OfType<JsonObject>().Where(entry => !Controllers.Contains(entry.Text("manager")) && entry.Text("subresource") is null).ToList();
        kept.ForEach(entry => entry.Remove("time"));
        metadata["managedFields"] = new JsonArray([.. kept.Select(entry => entry.DeepClone())]);
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        null => null,
        _ => node.DeepClone(),
    };
}
