using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle.Jobs;

/// <summary>Writes a Job's status.</summary>
/// <param name="plane">Where it goes.</param>
internal sealed class JobStatus(ControlPlane plane)
{
    /// <summary>Writes how a Job gets on.</summary>
    public void Write(JobRun run)
    {
        var changed = plane.Change(run.Job, body => Count(body, run));
        if (changed.Body.Text("status", "startTime") is { } start)
            plane.Moments.Saw(changed.Uid, "start", start);
    }

    /// <summary>Writes that it is done.</summary>
    public void Complete(JobRun run) => plane.Change(run.Job, body =>
    {
        Count(body, run);
        body.Child("status")["completionTime"] = plane.Now;
        Put(body, "SuccessCriteriaMet", "CompletionsReached", "Reached expected number of succeeded pods");
        Put(body, "Complete", "CompletionsReached", "Reached expected number of succeeded pods");
    });

    /// <summary>Writes that it has failed.</summary>
    public void Fail(JobRun run, string reason, string message) => plane.Change(run.Job, body =>
    {
        Count(body, run);
        body.Child("status").Remove("active");
        Put(body, "FailureTarget", reason, message);
        Put(body, "Failed", reason, message);
    });

    private void Count(JsonObject body, JobRun run)
    {
        var status = body.Child("status");
        if (!run.IsSuspended)
            status["startTime"] ??= plane.Now;
        status.SetCount("active", run.Active.Count)
            .SetCount("succeeded", run.Succeeded)
            .SetCount("failed", run.Failed);
        status["ready"] = run.Active.Count(pod => PodFacts.Of(pod).IsReady);
        status["terminating"] = run.Pods.Count(pod => PodFacts.Of(pod) is { IsTerminating: true, HasEnded: false });
        status["uncountedTerminatedPods"] = new JsonObject();
        if (run.Indexes is { Completed.Count: > 0 } indexes)
            status["completedIndexes"] = indexes.Text;
        if (run.IsSuspended)
            body.SetCondition(new Condition("Suspended", "True", "JobSuspended", "Job suspended"), plane.Now, updated: false);
        else if (body.IsTrue("Suspended"))
            body.SetCondition(new Condition("Suspended", "False", "JobResumed", "Job resumed"), plane.Now, updated: false);
    }

    private void Put(JsonObject body, string type, string reason, string message)
    {
        body.SetCondition(new Condition(type, "True", reason, message), plane.Now, updated: false);
        body.Condition(type)!["lastProbeTime"] = plane.Now;
    }
}
