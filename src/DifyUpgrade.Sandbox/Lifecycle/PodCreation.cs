using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>Makes pods from templates.</summary>
/// <param name="plane">Where they go.</param>
internal sealed class PodCreation(ControlPlane plane)
{
    private static readonly string[] Inherited = ["labels", "annotations", "finalizers"];
    private readonly Admission _admission = new(plane.Store);

    /// <summary>Makes a pod with a generated name.</summary>
    /// <param name="owner">Whose it will be.</param>
    /// <param name="template">Its labels, annotations and specification.</param>
    /// <exception cref="ApiException">It was refused.</exception>
    public StoredObject Create(StoredObject owner, JsonNode? template)
    {
        var body = FromTemplate(owner, template, RandomSuffix.Name(owner.Name + "-"));
        body.Child("metadata")["generateName"] = owner.Name + "-";
        return Create(body);
    }

    /// <summary>Makes a pod that is complete but for defaults.</summary>
    /// <exception cref="ApiException">It was refused.</exception>
    public StoredObject Create(JsonObject body)
    {
        Defaults.Apply(ResourceTypes.Pods, body);
        _admission.Admit(ResourceTypes.Pods, body);
        return plane.Store.Create(ResourceTypes.Pods, body);
    }

    /// <summary>A pod of a template.</summary>
    public static JsonObject FromTemplate(StoredObject owner, JsonNode? template, string name)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = owner.Namespace };
        foreach (var field in Inherited)
        {
            if (template.At("metadata", field) is { } value)
                metadata[field] = value.DeepClone();
        }

        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = template.At("spec")?.DeepClone() ?? new JsonObject(),
        };
        OwnerReference.Add(body, owner);
        return body;
    }
}
