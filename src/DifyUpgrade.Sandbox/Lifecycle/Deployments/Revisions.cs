using System.Globalization;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Deployments;

/// <summary>The annotations that tie a Deployment and its ReplicaSets together, and what can be read from both.</summary>
internal static class Revisions
{
    private const string Prefix = "deployment.kubernetes.io/";
    private const string Revision = Prefix + "revision";
    private const string History = Prefix + "revision-history";
    private const string Desired = Prefix + "desired-replicas";
    private const string Max = Prefix + "max-replicas";
    private static readonly string[] Own = ["kubectl.kubernetes.io/last-applied-configuration", Revision, History, Desired, Max, "deprecated.deployment.rollback.to"];

    /// <summary>The label that keeps the pods of different templates apart.</summary>
    public const string HashLabel = "pod-template-hash";

    /// <summary>Which revision a ReplicaSet is; 0 for none.</summary>
    public static long Of(StoredObject set) => Number(set.Body, Revision) ?? 0;

    /// <summary>How many pods a ReplicaSet is to have.</summary>
    public static int Replicas(this StoredObject set) => (int)(set.Body.Number("spec", "replicas") ?? 1);

    /// <summary>A count in a ReplicaSet's status.</summary>
    public static int Counted(this StoredObject set, string field) => (int)(set.Body.Number("status", field) ?? 0);

    /// <summary>How many pods the Deployment wanted when a ReplicaSet was last scaled.</summary>
    public static long? DesiredReplicas(StoredObject set) => Number(set.Body, Desired);

    /// <summary>How many pods the Deployment could have when a ReplicaSet was last scaled.</summary>
    public static long? MaxReplicas(StoredObject set) => Number(set.Body, Max);

    /// <summary>Whether a ReplicaSet makes the pods that a Deployment wants.</summary>
    public static bool HasTemplateOf(StoredObject set, StoredObject deployment) => Template(set) == Template(deployment);

    /// <summary>Notes on a ReplicaSet how many pods the Deployment wants and may have.</summary>
    public static void NoteReplicas(JsonObject set, DeploymentSpec spec)
    {
        var annotations = set.Child("metadata").Child("annotations");
        annotations[Desired] = spec.Replicas.ToString();
        annotations[Max] = spec.MaxTotal.ToString();
    }

    /// <summary>Gives a ReplicaSet a Deployment's annotations, and a revision at least as high as one.</summary>
    public static void NoteRevision(JsonObject set, StoredObject deployment, long revision)
    {
        var annotations = set.Child("metadata").Child("annotations");
        foreach (var (name, value) in (deployment.Body.At("metadata", "annotations") as JsonObject ?? []).Where(annotation => !Own.Contains(annotation.Key)))
            annotations[name] = value?.DeepClone();
        var before = Number(set, Revision) ?? 0;
        if (before >= revision)
            return;
        if (before > 0)
            annotations[History] = annotations.Text(History) is { Length: > 0 } earlier ? $"{earlier},{before}" : before.ToString();
        annotations[Revision] = revision.ToString();
    }

    /// <summary>Notes on a Deployment which revision it is at.</summary>
    public static void NoteCurrent(JsonObject deployment, long revision) =>
        deployment.Child("metadata").Child("annotations")[Revision] = revision.ToString();

    private static long? Number(JsonObject body, string annotation) =>
        long.TryParse(body.Text("metadata", "annotations", annotation), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Template(StoredObject item) => TemplateText.Of(item);
}
