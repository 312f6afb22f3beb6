using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>A write that admission is asked about.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Body">The object as it is to be stored, with name and namespace; the one to go where it is a deletion.</param>
internal sealed record AdmissionRequest(ResourceType Type, JsonObject Body)
{
    /// <summary>The object as it is stored; null for a new one.</summary>
    public JsonObject? Before { get; init; }

    /// <summary>Whether the object is to go.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>Whether it is only asked.</summary>
    public bool DryRun { get; init; }

    /// <summary>Which part of the object is written; null for all but the status.</summary>
    public string? Subresource { get; init; }

    /// <summary>Whether the object is new.</summary>
    public bool IsNew => Before is null && !IsDeletion;

    /// <summary>The word that webhooks know.</summary>
    public string Operation => IsDeletion ? "DELETE" : IsNew ? "CREATE" : "UPDATE";

    /// <summary>The object's namespace; empty for a kind without one.</summary>
    public string Namespace => Body.Text("metadata", "namespace") ?? "";

    /// <summary>The object's name.</summary>
    public string Name => Body.Text("metadata", "name") ?? "";
}
