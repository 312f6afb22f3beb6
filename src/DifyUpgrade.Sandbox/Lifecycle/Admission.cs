using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle.Quotas;
using DifyUpgrade.Sandbox.Lifecycle.Webhooks;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>What the API server's admission asks of objects, whether a client or a controller writes them.</summary>
/// <param name="store">Where the cluster's rules are.</param>
internal sealed class Admission(ObjectStore store)
{
    private readonly QuotaAdmission _quotas = new(store);
    private readonly LimitAdmission _limits = new(store);
    private readonly WebhookAdmission _webhooks = new(store);

    /// <summary>Lets a new object of a controller in, or refuses it.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="body">The object, with name and namespace.</param>
    /// <exception cref="ApiException">The namespace is going, or a rule of the cluster is against it.</exception>
    public void Admit(ResourceType type, JsonObject body)
    {
        if (type.Namespaced)
            MustNotBeGoing(type, body.Text("metadata", "namespace") ?? "", body.Text("metadata", "name") ?? "");
        var write = new AdmissionRequest(type, body);
        Mutate(write);
        Validate(write);
    }

    /// <summary>Refuses a new object in a namespace that is going.</summary>
    public void MustNotBeGoing(ResourceType type, string space, string name)
    {
        if (store.Get(ResourceTypes.Namespaces, "", space) is { IsTerminating: true })
            throw Terminating(type, space, name);
    }

    /// <summary>Fills in what limit ranges say, and lets webhooks change the object.</summary>
    public void Mutate(AdmissionRequest write)
    {
        if (write.IsNew && write.Type == ResourceTypes.Pods)
            _limits.Default(write.Body);
        _webhooks.Mutate(write);
    }

    /// <summary>Refuses what a limit range, a webhook or a quota is against; what is let in is charged.</summary>
    /// <exception cref="ApiException">It is refused.</exception>
    public void Validate(AdmissionRequest write)
    {
        if (write.IsNew)
            _limits.Check(write.Type, write.Body);
        _webhooks.Validate(write);
        if (write.IsNew)
            _quotas.Charge(write.Type, write.Body, write.DryRun);
    }

    /// <summary>A refusal worded as admission words it.</summary>
    public static ApiException Forbidden(ResourceType type, JsonObject body, string why) => Forbidden(type, body.Text("metadata", "name") ?? "", why);

    private static ApiException Forbidden(ResourceType type, string name, string why) =>
        new(403, "Forbidden", $"{type.QualifiedPlural} \"{name}\" is forbidden: {why}")
        {
            Details = new JsonObject { ["name"] = name, ["group"] = type.Group, ["kind"] = type.Plural },
        };

    private static ApiException Terminating(ResourceType type, string space, string name)
    {
        var refusal = Forbidden(type, name, $"unable to create new content in namespace {space} because it is being terminated");
        refusal.Details!["causes"] = new JsonArray(new JsonObject
        {
            ["reason"] = "NamespaceTerminating",
            ["message"] = $"namespace {space} is being terminated",
            ["field"] = "metadata.namespace",
        });
        return refusal;
    }
}
