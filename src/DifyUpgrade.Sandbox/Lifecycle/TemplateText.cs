using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>
/// A pod template as text that is the same for templates that mean the same: fields in order, without what is empty and
/// without the hash that a Deployment adds or the mark of a kept revision.
/// </summary>
internal static class TemplateText
{
    private static readonly ConditionalWeakTable<StoredObject, string> Known = [];

    /// <summary>The template of a workload.</summary>
    public static string Of(StoredObject workload) => Known.GetValue(workload, static item => Of(item.Body.At("spec", "template")));

    /// <summary>A template.</summary>
    public static string Of(JsonNode? template)
    {
        var text = new StringBuilder();
        Write(template, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.Where(field => !IsEmpty(field.Value) && field.Key is not ("pod-template-hash" or "$patch")).OrderBy(field => field.Key, StringComparer.Ordinal))
            {
                text.Append(name).Append('=');
                Write(value, text);
                text.Append(';');
            }
        }
        else if (node is JsonArray items)
        {
            text.Append('[');
            foreach (var item in items)
                Write(item, text);
            text.Append(']');
        }
        else
        {
            text.Append(node?.ToJsonString()).Append(',');
        }
    }

    private static bool IsEmpty(JsonNode? value) =>
        value is null || (value is JsonObject fields && fields.All(field => field.Key is "pod-template-hash" or "$patch" || IsEmpty(field.Value))) || value is JsonArray { Count: 0 };
}
