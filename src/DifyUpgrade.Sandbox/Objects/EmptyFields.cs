using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>
/// Takes out what Go's <c>omitempty</c> leaves out when an object goes through the server: nulls, empty lists, empty maps, zeros.
/// An empty struct stays, because its being there means something (<c>emptyDir: {}</c>).
/// </summary>
internal static class EmptyFields
{
    private static readonly HashSet<(string Type, string Field)> Kept =
    [
        ("V1Role", "rules"), ("V1ClusterRole", "rules"), ("V1EndpointSlice", "endpoints"), ("V1EndpointSlice", "ports"), ("V1Endpoint", "addresses"),
        ("V1PodSpec", "containers"), ("V1NodeSelector", "nodeSelectorTerms"), ("V1PolicyRule", "verbs"), ("V1NetworkPolicySpec", "podSelector"),
    ];

    /// <summary>Takes them out of an object, in place.</summary>
    public static void Drop(Schema schema, JsonObject body)
    {
        foreach (var (name, value) in body.ToList())
        {
            if (schema.Part(name) is not { Kind: not FieldKind.Anything } part)
                continue;
            if ((IsEmpty(part, value) || IsZero(schema, part, name, value)) && !Kept.Contains((schema.TypeName, name)))
                body.Remove(name);
            else
                DropIn(part, value);
        }
    }

    private static void DropIn(Schema schema, JsonNode? value)
    {
        if (value is JsonObject fields)
            Drop(schema, fields);
        else if (value is JsonArray items && schema.Kind == FieldKind.List && schema.Element.Kind == FieldKind.Struct)
            items.OfType<JsonObject>().ToList().ForEach(item => Drop(schema.Element, item));
    }

    private static bool IsZero(Schema schema, Schema part, string name, JsonNode? value) =>
        part.Kind is FieldKind.Text or FieldKind.Whole or FieldKind.Flag && schema.Kind == FieldKind.Struct && ZeroValues.IsLeftOut(schema.TypeName, name, value);

    private static bool IsEmpty(Schema schema, JsonNode? value) =>
        value is null or JsonArray { Count: 0 } || (schema.Kind == FieldKind.Map && value is JsonObject { Count: 0 });
}
