using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Store;

/// <summary>One version of one object. Never changed once stored: who wants another version clones <see cref="Body"/>.</summary>
/// <param name="type">Its kind.</param>
/// <param name="body">The whole object, with its final metadata.</param>
/// <param name="version">The store's version at which it was written.</param>
internal sealed class StoredObject(ResourceType type, JsonObject body, long version)
{
    // A rollout of 1,000 pods leaves 5,000 events for an hour, and hardly anybody reads their fields: as text they take far less memory.
    private readonly JsonObject? _tree = type == ResourceTypes.Events ? null : body;
    private byte[]? _utf8 = type == ResourceTypes.Events ? body.Utf8() : null;

    /// <summary>Its kind.</summary>
    public ResourceType Type { get; } = type;

    /// <summary>The whole object; to be read only. That of an event is read anew each time.</summary>
    public JsonObject Body => _tree ?? (JsonObject)JsonNode.Parse(_utf8)!;

    /// <summary>The store's version at which it was written.</summary>
    public long Version { get; } = version;

    /// <summary>Its namespace; empty for a kind without one.</summary>
    public string Namespace { get; } = body.Text("metadata", "namespace") ?? "";

    /// <summary>Its name.</summary>
    public string Name { get; } = body.Text("metadata", "name") ?? "";

    /// <summary>Its uid.</summary>
    public string Uid { get; } = body.Text("metadata", "uid") ?? "";

    /// <summary>Whether it is on its way out.</summary>
    public bool IsTerminating => Body.Text("metadata", "deletionTimestamp") is not null;

    /// <summary>The object as JSON; made once, for every list and watch that shows it.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8 ??= _tree!.Utf8();

    /// <summary>The object as an item of a list, which says the kind of its items once: without kind and apiVersion.</summary>
    /// <remarks>Less the opening brace. The store puts both fields first, so that nothing has to be written again.</remarks>
    public ReadOnlyMemory<byte> ItemUtf8 => Utf8[$"{{\"kind\":\"{Type.Kind}\",\"apiVersion\":\"{Type.ApiVersion}\",".Length..];
}
