using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;
using k8s.Models;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>What a field holds.</summary>
internal enum FieldKind
{
    /// <summary>A struct: named fields of different kinds.</summary>
    Struct,

    /// <summary>Any keys, one kind of value.</summary>
    Map,

    /// <summary>An array.</summary>
    List,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>Any number.</summary>
    Fraction,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Base64.</summary>
    Bytes,

    /// <summary>RFC 3339.</summary>
    Time,

    /// <summary>A number with a unit, as a string or a number.</summary>
    Quantity,

    /// <summary>A port or percentage: a number or a string.</summary>
    NumberOrText,

    /// <summary>Whatever it likes.</summary>
    Anything,
}

/// <summary>
/// The shape of a Kubernetes type, read from the client library's models by reflection: a type when it is first asked
/// for and never the whole assembly, because that would cost the start half a second.
/// </summary>
internal sealed class Schema
{
    private static readonly ConcurrentDictionary<Type, Schema> Known = new();
    private static readonly Dictionary<ResourceType, string> Renamed = new() { [ResourceTypes.Events] = "Corev1Event" };

    private readonly Type _type;
    private readonly Lazy<IReadOnlyDictionary<string, SchemaField>> _fields;

    private Schema(Type type)
    {
        _type = type;
        Kind = KindOf(type);
        _fields = new(ReadFields);
    }

    /// <summary>What it holds.</summary>
    public FieldKind Kind { get; }

    /// <summary>The library's name of the type, such as <c>V1PodSpec</c>.</summary>
    public string TypeName => _type.Name;

    /// <summary>Whether a whole number has 32 bits, not 64.</summary>
    public bool IsShort => _type == typeof(int);

    /// <summary>Whether its parts have one owner together.</summary>
    public bool IsAtomic => MergeRules.IsAtomic(TypeName);

    /// <summary>What a list or a map is made of.</summary>
    public Schema Element => Of(_type.GetGenericArguments()[^1]);

    /// <summary>A struct's fields by their JSON names.</summary>
    public IReadOnlyDictionary<string, SchemaField> Fields => _fields.Value;

    /// <summary>The shape of a kind of object.</summary>
    public static Schema Of(ResourceType type) => Of(ModelOf(type));

    /// <summary>The shape of a kind that is not stored, such as <c>DeleteOptions</c>.</summary>
    /// <returns>Null where the client library has no model of it.</returns>
    public static Schema? Named(string kind)
    {
        var models = typeof(V1Pod).Assembly;
        return (models.GetType("k8s.Models.V1" + kind) ?? models.GetType("k8s.Models.Authenticationv1" + kind)) is { } type ? Of(type) : null;
    }

    /// <summary>The shape of a type.</summary>
    public static Schema Of(Type type) => Known.GetOrAdd(Nullable.GetUnderlyingType(type) ?? type, known => new Schema(known));

    /// <summary>The part of it behind a field name or key.</summary>
    /// <returns>Null where it has no such part.</returns>
    public Schema? Part(string name) => Kind switch
    {
        FieldKind.Struct => Fields.GetValueOrDefault(name)?.Schema,
        FieldKind.Map => Element,
        FieldKind.Anything => this,
        _ => null,
    };

    /// <summary>How lists and maps in a field of it are merged.</summary>
    public MergeRule Rule(string name) => Kind == FieldKind.Struct && Fields.TryGetValue(name, out var field) ? field.Rule : MergeRule.Whole;

    private static Type ModelOf(ResourceType type)
    {
        var name = Renamed.GetValueOrDefault(type) ?? char.ToUpperInvariant(type.Version[0]) + type.Version[1..] + type.Kind;
        return typeof(V1Pod).Assembly.GetType("k8s.Models." + name) ?? throw new NotSupportedException($"The client library has no model of {type.ApiVersion} {type.Kind}");
    }

    private static FieldKind KindOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => FieldKind.Text,
        TypeCode.Int32 or TypeCode.Int64 => FieldKind.Whole,
        TypeCode.Double => FieldKind.Fraction,
        TypeCode.Boolean => FieldKind.Flag,
        TypeCode.DateTime => FieldKind.Time,
        _ when type == typeof(byte[]) => FieldKind.Bytes,
        _ when type == typeof(ResourceQuantity) => FieldKind.Quantity,
        _ when type == typeof(IntOrString) => FieldKind.NumberOrText,
        _ when type == typeof(object) => FieldKind.Anything,
        _ when type.IsGenericType => type.GetGenericArguments().Length == 2 ? FieldKind.Map : FieldKind.List,
        _ => FieldKind.Struct,
    };

    private Dictionary<string, SchemaField> ReadFields()
    {
        var fields = new Dictionary<string, SchemaField>(StringComparer.Ordinal);
        foreach (var property in _type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name is { } name)
                fields[name] = new SchemaField(Of(property.PropertyType), MergeRules.Of(TypeName, name));
        }

        return fields;
    }
}

/// <summary>A field of a struct.</summary>
/// <param name="Schema">What it holds.</param>
/// <param name="Rule">How it is merged.</param>
internal sealed record SchemaField(Schema Schema, MergeRule Rule);
