using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Namespaces;

/// <summary>Gives each namespace what every namespace has, and empties one that is deleted before it goes.</summary>
internal sealed class NamespaceController(ControlPlane plane) : Controller(plane)
{
    private const string Certificate = "kube-root-ca.crt";

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.Namespaces, .. ResourceTypes.All.Where(type => type.Namespaced)];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        var item = change.Object;
        if (item.Type == ResourceTypes.Namespaces)
            return [new ObjectName("", item.Name)];
        var isAnswer = change.Kind == StoreEventKind.Deleted
            ? item.Type == ResourceTypes.ServiceAccounts || item.Type == ResourceTypes.ConfigMaps || IsGoing(item.Namespace)
            : change.Kind == StoreEventKind.Added && IsGoing(item.Namespace);
        return isAnswer ? [new ObjectName("", item.Namespace)] : [];
    }

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.Namespaces, name) is not { } space)
            return null;
        if (space.IsTerminating)
            Empty(space);
        else
            Furnish(space.Name);
        return null;
    }

    private bool IsGoing(string space) => Plane.Index.Get(ResourceTypes.Namespaces, new ObjectName("", space)) is { IsTerminating: true };

    private void Furnish(string space)
    {
        if (Plane.Index.Get(ResourceTypes.ServiceAccounts, new ObjectName(space, "default")) is null)
            Plane.Store.Create(ResourceTypes.ServiceAccounts, Body("v1", "ServiceAccount", space, "default"));
        if (Plane.Index.Get(ResourceTypes.ConfigMaps, new ObjectName(space, Certificate)) is not null)
            return;
        var map = Body("v1", "ConfigMap", space, Certificate);
        map.Child("metadata")["annotations"] = new JsonObject
        {
            ["kubernetes.io/description"] = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
        };
        map["data"] = new JsonObject { ["ca.crt"] = Plane.CertificateAuthority };
        Plane.Store.Create(ResourceTypes.ConfigMaps, map);
    }

    private static JsonObject Body(string version, string kind, string space, string name) => new()
    {
        ["apiVersion"] = version,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space },
    };

    private void Empty(StoredObject space)
    {
        var inside = Plane.Index.In(space.Name).ToList();
        foreach (var item in inside.Where(item => !item.IsTerminating))
            Plane.Deletion.Begin(item, new DeletionRequest { PropagationPolicy = "Background" });
        if (inside.Count == 0)
            Plane.Deletion.Finish(Plane.Change(space, body => body.Child("spec").Remove("finalizers")));
    }
}
