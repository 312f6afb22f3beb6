using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle.Quotas;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>
/// What the API server's admission asks of the objects that controllers make. Those of clients go through
/// <see cref="ObjectOperations"/>, which asks the same.
/// </summary>
/// <param name="store">Where the namespace's rules are.</param>
internal sealed class Admission(ObjectStore store)
{
    /// <summary>Lets a new object in, or refuses it.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="body">The object, with name and namespace.</param>
    /// <exception cref="ApiException">403: the namespace is going, or a quota is used up.</exception>
    public void Admit(ResourceType type, JsonObject body)
    {
        if (!type.Namespaced)
            return;
        MustNotBeGoing(type, body);
        new QuotaAdmission(store).Charge(type, body);
    }

    private void MustNotBeGoing(ResourceType type, JsonObject body)
    {
        var space = body.Text("metadata", "namespace") ?? "";
        if (store.Get(ResourceTypes.Namespaces, "", space) is { IsTerminating: true })
            throw Forbidden(type, body, $"unable to create new content in namespace {space} because it is being terminated");
    }

    /// <summary>A refusal worded as admission words it.</summary>
    public static ApiException Forbidden(ResourceType type, JsonObject body, string why) =>
        new(403, "Forbidden", $"{type.QualifiedPlural} \"{body.Text("metadata", "name")}\" is forbidden: {why}")
        {
            Details = new JsonObject { ["name"] = body.Text("metadata", "name"), ["group"] = type.Group, ["kind"] = type.Plural },
        };
}
