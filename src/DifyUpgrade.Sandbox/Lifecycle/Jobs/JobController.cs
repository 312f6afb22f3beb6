using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Jobs;

/// <summary>Runs the pods of a Job until enough have succeeded or too many have failed.</summary>
internal sealed class JobController(ControlPlane plane) : Controller(plane)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly PodCreation _creation = new(plane);
    private readonly JobStatus _status = new(plane);
    private readonly EventSource _events = plane.Events.As("job-controller");

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.Jobs, ResourceTypes.Pods];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change) =>
        change.Object.Type == ResourceTypes.Jobs ? [new ObjectName(change.Object.Namespace, change.Object.Name)]
        : OwnerReference.NameOf(ResourceTypes.Jobs, change.Object) is { } owner ? [owner] : [];

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.Jobs, name) is not { IsTerminating: false } job)
            return null;
        if (JobRun.IsFinished(job.Body))
            return Expire(job);
        var run = new JobRun(Plane, Label(job));
        if (run.Failure is { } failure)
            return Fail(run, failure);
        if (run.IsComplete)
        {
            _status.Complete(run);
            _events.Normal(run.Job, "Completed", "Job completed");
            return null;
        }

        var later = run.IsSuspended ? Suspend(run) : Run(run);
        _status.Write(run);
        return Earliest(later, run.UntilDeadline);
    }

    // A Job of the real server comes with these already; its uid is only known once it is stored.
    private StoredObject Label(StoredObject job)
    {
        if (job.Body.At("spec", "selector") is not null)
            return job;
        return Plane.Change(job, body =>
        {
            var labels = body.Child("spec").Child("template").Child("metadata").Child("labels");
            (labels["batch.kubernetes.io/controller-uid"], labels["controller-uid"]) = (job.Uid, job.Uid);
            (labels["batch.kubernetes.io/job-name"], labels["job-name"]) = (job.Name, job.Name);

            if (body.At("metadata", "labels") is not JsonObject { Count: > 0 })
                body.Child("metadata")["labels"] = labels.DeepClone();
            body.Child("spec")["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["batch.kubernetes.io/controller-uid"] = job.Uid } };
        });
    }

    private TimeSpan? Expire(StoredObject job)
    {
        if (job.Body.Number("spec", "ttlSecondsAfterFinished") is not { } seconds)
            return null;
        var left = TimeSpan.FromSeconds(seconds) - JobRun.SinceFinished(Plane, job);
        if (left > TimeSpan.Zero)
            return left;
        Plane.Deletion.Begin(job, new DeletionRequest { PropagationPolicy = "Foreground" });
        return null;
    }

    private TimeSpan? Fail(JobRun run, (string Reason, string Message) failure)
    {
        Delete(run, run.Active);
        _status.Fail(run, failure.Reason, failure.Message);
        _events.Warning(run.Job, failure.Reason, failure.Message);
        return null;
    }

    private TimeSpan? Suspend(JobRun run)
    {
        Delete(run, run.Active);
        return null;
    }

    private TimeSpan? Run(JobRun run)
    {
        var missing = run.WantedActive - run.Active.Count;
        if (missing < 0)
            Delete(run, run.Active.OrderBy(pod => PodFacts.Of(pod).IsReady).Take(-missing));
        if (missing <= 0)
            return null;

        // What failed is tried again after a pause that doubles.
        var pause = run.Failed == 0 ? TimeSpan.Zero : FirstPause * Math.Pow(2, Math.Min(run.Failed - 1, 16));
        var left = (pause < LongestPause ? pause : LongestPause) - run.SinceLastFailure;
        if (run.Failed > 0 && left > TimeSpan.Zero)
            return left;
        foreach (var pod in New(run, missing))
            _events.Normal(run.Job, "SuccessfulCreate", $"Created pod: {pod.Name}");
        return null;
    }

    private IEnumerable<StoredObject> New(JobRun run, int count) => run.Indexes is { } indexes
        ? indexes.Missing.Take(count).Select(index => _creation.Create(indexes.Pod(index)))
        : Enumerable.Range(0, count).Select(_ => _creation.Create(run.Job, run.Job.Body.At("spec", "template")));

    private void Delete(JobRun run, IEnumerable<StoredObject> pods)
    {
        foreach (var pod in pods.ToList())
        {
            Plane.Deletion.Begin(pod);
            _events.Normal(run.Job, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
        }
    }

    private static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}
