using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle.Deployments;

/// <summary>Writes a Deployment's status: counts, and whether it is available and getting on.</summary>
/// <param name="rollout">The Deployment.</param>
internal sealed class DeploymentStatus(DeploymentRollout rollout)
{
    /// <summary>The condition that tells whether a rollout gets on.</summary>
    public const string Progressing = "Progressing";

    private const string Available = "Available";
    private const string Failure = "ReplicaFailure";
    private const string Done = "NewReplicaSetAvailable";
    private const string TimedOut = "ProgressDeadlineExceeded";
    private const string Paused = "DeploymentPaused";

    private DeploymentSpec Spec => rollout.Spec;

    /// <summary>Whether a rollout is over.</summary>
    public static bool IsComplete(JsonObject body, DeploymentSpec spec) =>
        Count(body, "updatedReplicas") == spec.Replicas
        && Count(body, "replicas") == spec.Replicas
        && Count(body, "availableReplicas") == spec.Replicas
        && Count(body, "observedGeneration") >= (body.Number("metadata", "generation") ?? 0);

    /// <summary>Sets how a rollout gets on, and notes when.</summary>
    public static void SetProgress(ControlPlane plane, JsonObject body, Condition condition)
    {
        // The same state again is no news; real conditions of Deployments do not compare messages either.
        if (body.Condition(Progressing) is { } before && before.Text("status") == condition.Status && before.Text("reason") == condition.Reason)
            return;
        body.SetCondition(condition, plane.Now);
        NoteProgress(plane, body);
    }

    /// <summary>Says that the rollout is on hold, or no longer; it must not time out meanwhile.</summary>
    public void NotePause()
    {
        var reason = rollout.Deployment.Body.Condition(Progressing).Text("reason");
        if (Spec.ProgressDeadlineSeconds is null || reason == TimedOut || Spec.IsPaused == (reason == Paused))
            return;
        var condition = Spec.IsPaused
            ? new Condition(Progressing, "Unknown", Paused, "Deployment is paused")
            : new Condition(Progressing, "Unknown", "DeploymentResumed", "Deployment is resumed");
        rollout.Deployment = rollout.Plane.Change(rollout.Deployment, body => SetProgress(rollout.Plane, body, condition));
    }

    /// <summary>Writes it.</summary>
    /// <param name="isRollout">Whether it is to be judged how the rollout gets on.</param>
    /// <returns>The pod time until it will have stood still too long.</returns>
    public TimeSpan? Write(bool isRollout)
    {
        var before = rollout.Deployment;
        var after = rollout.Plane.Change(before, body =>
        {
            Count(body);
            if (isRollout)
                Judge(before.Body, body);
        });
        rollout.Deployment = after;
        return isRollout ? UntilTimedOut(after.Body) : null;
    }

    private void Count(JsonObject body)
    {
        var group = rollout.Group;
        var available = group.Counted("availableReplicas");
        body.Child("status").SetObserved(body)
            .SetCount("replicas", group.Counted("replicas"))
            .SetCount("updatedReplicas", group.New?.Counted("replicas") ?? 0)
            .SetCount("readyReplicas", group.Counted("readyReplicas"))
            .SetCount("availableReplicas", available)
            .SetCount("unavailableReplicas", Math.Max(0, group.Replicas - available));
        var condition = available >= Spec.Replicas - Spec.MaxUnavailable
            ? new Condition(Available, "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
            : new Condition(Available, "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.");
        body.SetCondition(condition, rollout.Plane.Now);
    }

    private void Judge(JsonObject before, JsonObject body)
    {
        var current = body.Condition(Progressing);
        if (Spec.ProgressDeadlineSeconds is null)
            body.RemoveCondition(Progressing);
        else if (current.Text("reason") != Done || Count(body, "replicas") != Count(body, "updatedReplicas"))
            JudgeProgress(before, body);
        var failure = rollout.Group.All.Select(set => set.Body.Condition(Failure)).LastOrDefault(condition => condition is not null);
        if (failure is null)
            body.RemoveCondition(Failure);
        else
            body.SetCondition(new Condition(Failure, failure.Text("status")!, failure.Text("reason")!, failure.Text("message")!), rollout.Plane.Now);
    }

    private void JudgeProgress(JsonObject before, JsonObject body)
    {
        var who = rollout.Group.New is { } set ? $"ReplicaSet \"{set.Name}\"" : $"Deployment \"{rollout.Deployment.Name}\"";
        if (IsComplete(body, Spec))
        {
            SetProgress(rollout.Plane, body, new Condition(Progressing, "True", Done, $"{who} has successfully progressed."));
        }
        else if (GotOn(before, body))
        {
            Refresh(body, new Condition(Progressing, "True", "ReplicaSetUpdated", $"{who} is progressing."));
        }
        else if (UntilTimedOut(body) <= TimeSpan.Zero)
        {
            SetProgress(rollout.Plane, body, new Condition(Progressing, "False", TimedOut, $"{who} has timed out progressing."));
        }
    }

    // Progress counts from the last time something moved, so the time of the last update moves even if nothing else does.
    private void Refresh(JsonObject body, Condition condition)
    {
        var plane = rollout.Plane;
        body.PutCondition(condition, plane.Now);
        NoteProgress(plane, body);
    }

    private static bool GotOn(JsonObject before, JsonObject after) =>
        Count(after, "updatedReplicas") > Count(before, "updatedReplicas")
        || Count(after, "replicas") - Count(after, "updatedReplicas") < Count(before, "replicas") - Count(before, "updatedReplicas")
        || Count(after, "readyReplicas") > Count(before, "readyReplicas")
        || Count(after, "availableReplicas") > Count(before, "availableReplicas");

    private TimeSpan? UntilTimedOut(JsonObject body)
    {
        var current = body.Condition(Progressing);
        if (Spec.ProgressDeadlineSeconds is not { } deadline || current is null || current.Text("reason") is Done or TimedOut)
            return null;
        return TimeSpan.FromSeconds(deadline) - rollout.Plane.Moments.Since(body.Text("metadata", "uid")!, Progressing, current.Text("lastUpdateTime"));
    }

    private static void NoteProgress(ControlPlane plane, JsonObject body)
    {
        var (uid, stamp) = (body.Text("metadata", "uid")!, body.Condition(Progressing).Text("lastUpdateTime")!);
        plane.Moments.Forget(uid, Progressing);
        plane.Moments.Saw(uid, Progressing, stamp);
    }

    private static long Count(JsonObject body, string field) => body.Number("status", field) ?? 0;
}
