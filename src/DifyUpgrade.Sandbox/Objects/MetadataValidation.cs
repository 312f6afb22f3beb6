using System.Text;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The rules for every object's metadata.</summary>
internal static class MetadataValidation
{
    private const long MostAnnotationBytes = 256 * 1024;

    private static readonly string[] Fixed = ["uid", "creationTimestamp"];

    private static readonly HashSet<ResourceType> FreelyNamed =
        [ResourceTypes.Roles, ResourceTypes.RoleBindings, ResourceTypes.ClusterRoles, ResourceTypes.ClusterRoleBindings];

    /// <summary>Checks name, labels and annotations, and that what is given once stays.</summary>
    public static void Check(ResourceType type, JsonObject body, JsonObject? before, FieldErrors errors)
    {
        var metadata = body["metadata"] as JsonObject ?? [];
        if (metadata.Text("name") is not { Length: > 0 } name)
            errors.Required("metadata.name", "name or generateName is required");
        else if (before is null && NameProblem(type, name) is { } problem)
            errors.Invalid("metadata.name", $"\"{name}\"", problem);
        if (type.Namespaced && metadata.Text("namespace") is not { Length: > 0 })
            errors.Required("metadata.namespace");
        Labels(metadata["labels"] as JsonObject, "metadata.labels", errors);
        Annotations(metadata["annotations"] as JsonObject, "metadata.annotations", errors);
        foreach (var field in Fixed.Where(field => before.Text("metadata", field) is { } old && metadata.Text(field) is { } value && value != old))
            errors.Invalid("metadata." + field, JsonWords.Quote(metadata[field]), "field is immutable");
    }

    /// <summary>Checks labels.</summary>
    public static void Labels(JsonObject? labels, string path, FieldErrors errors)
    {
        foreach (var (key, node) in labels ?? [])
        {
            if (Names.LabelKeyProblem(key) is { } keyProblem)
                errors.Invalid(path, $"\"{key}\"", keyProblem);
            if (node is JsonValue value && Names.LabelValueProblem(value.ToString()) is { } valueProblem)
                errors.Invalid(path, $"\"{value}\"", valueProblem);
        }
    }

    private static void Annotations(JsonObject? annotations, string path, FieldErrors errors)
    {
        long bytes = 0;
        foreach (var (key, value) in annotations ?? [])
        {
            if (Names.LabelKeyProblem(key.ToLowerInvariant()) is { } problem)
                errors.Invalid(path, $"\"{key}\"", problem);
            bytes += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value?.ToString() ?? "");
        }

        if (bytes > MostAnnotationBytes)
            errors.TooLong(path, MostAnnotationBytes);
    }

    private static string? NameProblem(ResourceType type, string name)
    {
        if (type == ResourceTypes.Services)
            return Names.ServiceProblem(name);
        if (type == ResourceTypes.Namespaces)
            return Names.LabelProblem(name);
        if (!FreelyNamed.Contains(type))
            return Names.SubdomainProblem(name);
        return name is "." or ".." ? $"may not be '{name}'" : name.IndexOfAny(['/', '%']) is >= 0 and var at ? $"may not contain '{name[at]}'" : null;
    }
}
