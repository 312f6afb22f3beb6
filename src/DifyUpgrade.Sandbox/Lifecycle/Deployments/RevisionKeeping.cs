using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Deployments;

/// <summary>Makes a ReplicaSet for each template, numbers them, and clears old ones away.</summary>
/// <param name="rollout">The Deployment.</param>
internal sealed class RevisionKeeping(DeploymentRollout rollout)
{
    private long NextRevision => rollout.Group.Old.Select(Revisions.Of).DefaultIfEmpty().Max() + 1;

    /// <summary>Keeps the new ReplicaSet's annotations, if there is one, and the Deployment's revision in step.</summary>
    /// <returns>The new ReplicaSet; null where there is none.</returns>
    public StoredObject? Note()
    {
        if (rollout.Group.New is not { } set)
            return null;
        set = rollout.Plane.ChangeSpec(set, body =>
        {
            Revisions.NoteRevision(body, rollout.Deployment, NextRevision);
            SetMinReady(body);
        });
        rollout.Group = rollout.Group with { New = set };
        NoteOnDeployment(Revisions.Of(set), "FoundNewReplicaSet", $"Found new replica set \"{set.Name}\"", onlyFirst: true);
        return set;
    }

    /// <summary>Makes the new ReplicaSet if there is none.</summary>
    /// <returns>The new ReplicaSet.</returns>
    /// <exception cref="ApiException">It was refused.</exception>
    public StoredObject Ensure()
    {
        if (Note() is { } present)
            return present;
        var collisions = rollout.Deployment.Body.Number("status", "collisionCount") ?? 0;
        var hash = RandomSuffix.Hash(TemplateText.Of(rollout.Deployment), collisions);
        var count = rollout.NewReplicas(0);
        var set = Create(hash, count, collisions);
        rollout.Group = rollout.Group with { New = set };
        if (count > 0)
            rollout.Say($"Scaled up replica set {set.Name} from 0 to {count}");
        NoteOnDeployment(Revisions.Of(set), "NewReplicaSetCreated", $"Created new replica set \"{set.Name}\"", onlyFirst: false);
        return set;
    }

    /// <summary>Deletes the oldest ReplicaSets beyond the limit, if they have no pods.</summary>
    public void CleanUp()
    {
        if (rollout.Spec.RevisionHistoryLimit is not { } limit)
            return;
        var old = rollout.Group.Old.Where(set => !set.IsTerminating).OrderBy(Revisions.Of).ToList();
        foreach (var set in old.Take((int)Math.Max(0, old.Count - limit)).Where(IsEmpty))
            rollout.Plane.Deletion.Begin(set);
    }

    private static bool IsEmpty(StoredObject set) =>
        set.Replicas() == 0 && set.Counted("replicas") == 0 && set.Body.Number("metadata", "generation") <= set.Counted("observedGeneration");

    private StoredObject Create(string hash, int count, long collisions)
    {
        var body = NewSet(hash, count);
        try
        {
            return rollout.Plane.Store.Create(ResourceTypes.ReplicaSets, body);
        }
        catch (ApiException taken) when (taken.Reason == "AlreadyExists")
        {
            // Another template has this hash; the next name is made with another one.
            rollout.Plane.Change(rollout.Deployment, changed => changed.Child("status")["collisionCount"] = collisions + 1);
            throw;
        }
    }

    private JsonObject NewSet(string hash, int count)
    {
        var deployment = rollout.Deployment;
        var template = deployment.Body.At("spec", "template")!.DeepClone().AsObject();
        template.Child("metadata").Child("labels")[Revisions.HashLabel] = hash;
        var selector = deployment.Body.At("spec", "selector")!.DeepClone().AsObject();
        selector.Child("matchLabels")[Revisions.HashLabel] = hash;
        var body = new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name}-{hash}",
                ["namespace"] = deployment.Namespace,
                ["generation"] = 1,
                ["labels"] = template.At("metadata", "labels")!.DeepClone(),
            },
            ["spec"] = new JsonObject { ["replicas"] = count, ["selector"] = selector, ["template"] = template },
            ["status"] = new JsonObject { ["replicas"] = 0 },
        };
        OwnerReference.Add(body, deployment);
        Revisions.NoteRevision(body, deployment, NextRevision);
        Revisions.NoteReplicas(body, rollout.Spec);
        SetMinReady(body);
        return body;
    }

    private void SetMinReady(JsonObject body) => body.Child("spec").SetCount("minReadySeconds", rollout.Spec.MinReadySeconds);

    private void NoteOnDeployment(long revision, string reason, string message, bool onlyFirst) =>
        rollout.Deployment = rollout.Plane.Change(rollout.Deployment, body =>
        {
            Revisions.NoteCurrent(body, revision);
            if (rollout.Spec.ProgressDeadlineSeconds is not null && (!onlyFirst || body.Condition(DeploymentStatus.Progressing) is null))
                DeploymentStatus.SetProgress(rollout.Plane, body, new Condition(DeploymentStatus.Progressing, "True", reason, message));
        });
}
