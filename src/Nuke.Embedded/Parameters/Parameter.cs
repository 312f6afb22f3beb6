namespace Nuke.Common.ValueInjection;

/// <summary>How many values a parameter takes on the command line.</summary>
internal enum Arity
{
    /// <summary>None or one, true or false.</summary>
    Flag,

    /// <summary>Exactly one.</summary>
    One,

    /// <summary>All up to the next name.</summary>
    Many,
}

/// <summary>A parameter: a member of the build class, or one of the engine's own.</summary>
internal sealed record Parameter(string Name, Type Type, string? Description = null)
{
    /// <summary>The build class's field or property; null for the engine's own parameters.</summary>
    public MemberInfo? Member { get; init; }

    public char? Separator { get; init; }

    public bool IsListed { get; init; } = true;

    /// <summary>Whether the engine can do what the parameter asks for.</summary>
    public bool IsSupported { get; init; } = true;

    /// <summary>Whether a parameter file may set it; not what must be known before files are read.</summary>
    public bool IsForFiles { get; init; } = true;

    public bool IsSecret => Member?.IsDefined(typeof(SecretAttribute)) ?? false;

    public bool IsRequired => Member?.IsDefined(typeof(RequiredAttribute)) ?? false;

    public string Option => "--" + Humps.Split(Name, '-').ToLowerInvariant();

    public string EnvironmentName => Humps.Split(Name, '_').ToUpperInvariant();

    public Type ElementType => Plain(Type.IsArray ? Type.GetElementType()! : Type);

    /// <summary>Whether null is a value of its type; not known for reference types.</summary>
    public bool IsNullable => Nullable.GetUnderlyingType(Type) is not null;

    public Arity Arity => Type.IsArray ? Arity.Many : ElementType == typeof(bool) ? Arity.Flag : Arity.One;

    public object? ReadFrom(NukeBuild build) => Member switch
    {
        FieldInfo field => field.GetValue(build),
        PropertyInfo property => property.GetValue(build),
        _ => null,
    };

    /// <exception cref="InvalidOperationException">The property computes its value.</exception>
    public void WriteTo(NukeBuild build, object? value)
    {
        if (Member is PropertyInfo { CanWrite: true } property)
            property.SetValue(build, value);
        else
            (Member as FieldInfo ?? BackingField((PropertyInfo)Member!)).SetValue(build, value);
    }

    private static FieldInfo BackingField(PropertyInfo property)
        => property.DeclaringType!.GetField(
               $"<{property.Name}>k__BackingField",
               BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic)
           ?? throw new InvalidOperationException($"The parameter {property.Name} computes its value, so it cannot be set.");

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
