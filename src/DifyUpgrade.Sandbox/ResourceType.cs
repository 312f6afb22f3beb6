namespace DifyUpgrade.Sandbox;

/// <summary>A kind of object that the sandbox stores and serves.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version it is served in.</param>
/// <param name="Plural">Its name in paths.</param>
/// <param name="Kind">Its name in objects.</param>
internal sealed record ResourceType(string Group, string Version, string Plural, string Kind)
{
    /// <summary>Whether objects of it live in a namespace.</summary>
    public bool Namespaced { get; init; } = true;

    /// <summary>Its name for one, as kubectl accepts it.</summary>
    public string Singular => Kind.ToLowerInvariant();

    /// <summary>What kubectl accepts in place of its name.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Groups of kinds it belongs to, such as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What its objects can be asked for beside themselves: <c>status</c>, <c>scale</c>, <c>log</c>, <c>exec</c> …</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary><c>v1</c> or <c>apps/v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>pods</c> or <c>deployments.apps</c>, as messages name it.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <inheritdoc/>
    public override string ToString() => QualifiedPlural;
}
