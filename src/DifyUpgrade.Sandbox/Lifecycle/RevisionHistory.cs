using System.Globalization;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>The templates that a StatefulSet or DaemonSet has had, kept as ControllerRevisions.</summary>
/// <param name="plane">Where they are.</param>
internal sealed class RevisionHistory(ControlPlane plane)
{
    /// <summary>The revisions of a workload, oldest first.</summary>
    public IReadOnlyList<StoredObject> Of(StoredObject owner) => [.. plane.Index.Controlled(ResourceTypes.ControllerRevisions, owner).OrderBy(Number)];

    /// <summary>The revision with a workload's present template, which is the newest; it is made where there is none.</summary>
    public StoredObject Current(StoredObject owner)
    {
        var revisions = Of(owner);
        var text = TemplateText.Of(owner);
        var next = revisions.Select(Number).DefaultIfEmpty().Max() + 1;
        if (revisions.LastOrDefault(revision => TemplateText.Of(Template(revision)) == text) is not { } present)
            return Make(owner, RandomSuffix.Hash(text), next);
        return Number(present) == next - 1 ? present : plane.Change(present, body => body["revision"] = next);
    }

    /// <summary>The hash of a revision's template.</summary>
    public static string Hash(StoredObject revision) => revision.Body.Text("metadata", "labels", HashLabel(revision)) ?? "";

    /// <summary>The template that a revision keeps.</summary>
    public static JsonNode? Template(StoredObject revision) => revision.Body.At("data", "spec", "template");

    /// <summary>Deletes the oldest revisions beyond the limit that no pod has.</summary>
    /// <param name="owner">The workload.</param>
    /// <param name="inUse">The names or hashes of those that are in use.</param>
    public void CleanUp(StoredObject owner, IReadOnlySet<string> inUse)
    {
        var unused = Of(owner).Where(revision => !inUse.Contains(revision.Name) && !inUse.Contains(Hash(revision))).ToList();
        var limit = owner.Body.Number("spec", "revisionHistoryLimit") ?? 10;
        foreach (var revision in unused.Take((int)Math.Max(0, unused.Count - limit)))
            plane.Deletion.Begin(revision);
    }

    // The two kinds name it differently.
    private static string HashLabel(StoredObject item) => item.Type == ResourceTypes.DaemonSets || OwnerReference.NameOf(ResourceTypes.DaemonSets, item) is not null
        ? "controller-revision-hash"
        : "controller.kubernetes.io/hash";

    private static long Number(StoredObject revision) =>
        long.TryParse(revision.Body.At("revision")?.ToString(), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private StoredObject Make(StoredObject owner, string hash, long number)
    {
        var template = owner.Body.At("spec", "template")!.DeepClone().AsObject();
        var labels = template.At("metadata", "labels")?.DeepClone().AsObject() ?? [];
        labels[HashLabel(owner)] = hash;
        template["$patch"] = "replace";
        var body = new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ControllerRevision",
            ["metadata"] = new JsonObject { ["name"] = $"{owner.Name}-{hash}", ["namespace"] = owner.Namespace, ["labels"] = labels },
            ["data"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = template } },
            ["revision"] = number,
        };
        if (owner.Body.At("metadata", "annotations") is JsonObject annotations)
            body.Child("metadata")["annotations"] = annotations.DeepClone();
        OwnerReference.Add(body, owner);
        return plane.Store.Create(ResourceTypes.ControllerRevisions, body);
    }
}
