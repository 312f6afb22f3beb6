using DifyUpgrade.Sandbox.Objects;

namespace DifyUpgrade.Sandbox.Routes.OpenApi;

/// <summary>The names under which OpenAPI knows the types: those of the Go packages, which show up in clients' messages.</summary>
internal sealed class ModelNames
{
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1";

    private static readonly HashSet<string> OfMeta =
        ["V1ObjectMeta", "V1LabelSelector", "V1LabelSelectorRequirement", "V1ListMeta", "V1OwnerReference", "V1ManagedFieldsEntry", "V1Condition"];

    // Reached from workloads first, but at home in the core.
    private static readonly HashSet<string> OfCore = ["V1PodTemplateSpec", "V1PersistentVolumeClaim"];

    private readonly Dictionary<Schema, string> _names = [];

    /// <summary>Names the types of all kinds.</summary>
    public ModelNames()
    {
        foreach (var type in ResourceTypes.All)
            Visit(Schema.Of(type), PackageOf(type));
    }

    /// <summary>The name of a type.</summary>
    public string this[Schema schema] => schema.Kind switch
    {
        FieldKind.Quantity => "io.k8s.apimachinery.pkg.api.resource.Quantity",
        FieldKind.NumberOrText => "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
        FieldKind.Time => Meta + ".Time",
        _ => _names[schema],
    };

    // Core comes first, so that what several groups use is named after it.
    private void Visit(Schema schema, string package)
    {
        if (schema.Kind is FieldKind.Map or FieldKind.List)
            Visit(schema.Element, package);
        if (schema.Kind != FieldKind.Struct || !_names.TryAdd(schema, NameOf(schema, package)))
            return;
        foreach (var field in schema.Fields.Values)
            Visit(field.Schema, package);
    }

    private static string NameOf(Schema schema, string package)
    {
        var home = OfMeta.Contains(schema.TypeName) ? Meta : OfCore.Contains(schema.TypeName) ? "io.k8s.api.core.v1" : package;
        return $"{home}.{GoType.Bare(schema)}";
    }

    private static string PackageOf(ResourceType type) => $"io.k8s.api.{(type.Group.Length == 0 ? "core" : type.Group.Split('.')[0])}.{type.Version}";
}
