namespace DifyUpgrade.Sandbox.Access;

/// <summary>Something that somebody may or may not do: what RBAC decides about.</summary>
/// <param name="Verb"><c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c>, <c>deletecollection</c> …</param>
internal sealed record AccessRequest(string Verb)
{
    /// <summary>The API group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The kind's plural; empty for a path that is no resource.</summary>
    public string Resource { get; init; } = "";

    /// <summary>What of the object is meant.</summary>
    public string? Subresource { get; init; }

    /// <summary>The namespace; empty for all.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The object's name; empty for all.</summary>
    public string Name { get; init; } = "";

    /// <summary>The path, for what is no resource.</summary>
    public string Path { get; init; } = "";

    /// <summary><c>pods</c> or <c>pods/exec</c>, as rules spell it.</summary>
    public string QualifiedResource => Subresource is null ? Resource : $"{Resource}/{Subresource}";
}
