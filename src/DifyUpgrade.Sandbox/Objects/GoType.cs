namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Schemas under the names of the Go types, for messages.</summary>
internal static class GoType
{
    private const string Prefixes = "Corev1|Eventsv1|Discoveryv1|Rbacv1|Authenticationv1|Storagev1|V1|V2";

    /// <summary><c>PodSpec</c>.</summary>
    public static string Bare(Schema schema) =>
        Prefixes.Split('|').FirstOrDefault(prefix => schema.TypeName.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
            ? schema.TypeName[prefix.Length..]
            : schema.TypeName;

    /// <summary><c>v1.PodSpec</c>, <c>[]v1.Container</c>, <c>map[string]string</c>, <c>int32</c>.</summary>
    public static string Of(Schema schema) => schema.Kind switch
    {
        FieldKind.Struct => (schema.TypeName.StartsWith("V2", StringComparison.Ordinal) ? "v2." : "v1.") + Bare(schema),
        FieldKind.Map => "map[string]" + Of(schema.Element),
        FieldKind.List => "[]" + Of(schema.Element),
        FieldKind.Text => "string",
        FieldKind.Whole => schema.IsShort ? "int32" : "int64",
        FieldKind.Fraction => "float64",
        FieldKind.Flag => "bool",
        FieldKind.Bytes => "[]uint8",
        FieldKind.Time => "v1.Time",
        FieldKind.Quantity => "resource.Quantity",
        FieldKind.NumberOrText => "intstr.IntOrString",
        _ => "interface {}",
    };
}
