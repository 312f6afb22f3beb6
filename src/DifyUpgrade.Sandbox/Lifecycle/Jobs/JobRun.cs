using System.Globalization;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Jobs;

/// <summary>Where a Job stands.</summary>
internal sealed class JobRun
{
    private readonly ControlPlane _plane;

    /// <summary>Looks at a Job's pods.</summary>
    public JobRun(ControlPlane plane, StoredObject job)
    {
        (_plane, Job) = (plane, job);
        Pods = [.. plane.Index.Controlled(ResourceTypes.Pods, job)];
        Active = [.. Pods.Where(pod => PodFacts.Of(pod).IsActive)];
        Indexes = job.Body.Text("spec", "completionMode") == "Indexed" ? new JobIndexes(job, Pods) : null;
        Succeeded = Indexes?.Completed.Count ?? Pods.Count(pod => PodFacts.Of(pod).Phase == "Succeeded");
        Failed = Pods.Count(pod => PodFacts.Of(pod).Phase == "Failed");
    }

    /// <summary>The Job.</summary>
    public StoredObject Job { get; }

    /// <summary>All its pods.</summary>
    public IReadOnlyList<StoredObject> Pods { get; }

    /// <summary>Those that run or will.</summary>
    public IReadOnlyList<StoredObject> Active { get; }

    /// <summary>Which of its indexes have pods; null for a Job without indexes.</summary>
    public JobIndexes? Indexes { get; }

    /// <summary>How many have succeeded.</summary>
    public int Succeeded { get; }

    /// <summary>How many have failed.</summary>
    public int Failed { get; }

    /// <summary>Whether it is put on hold.</summary>
    public bool IsSuspended => Job.Body.Flag("spec", "suspend");

    /// <summary>Whether enough have succeeded and none runs any more.</summary>
    public bool IsComplete => Active.Count == 0 && (Completions is { } wanted ? Succeeded >= wanted : Succeeded > 0 && Pods.All(pod => PodFacts.Of(pod).HasEnded));

    /// <summary>How many are to run now.</summary>
    public int WantedActive
    {
        get
        {
            var parallel = (int)(Job.Body.Number("spec", "parallelism") ?? 1);
            if (Completions is { } wanted)
                return (int)Math.Min(parallel, Math.Max(0, wanted - Succeeded));

            // Of a work queue no more are started once one has found it empty.
            return Succeeded > 0 ? Math.Min(parallel, Active.Count) : parallel;
        }
    }

    /// <summary>Why it has failed for good; null while it has not.</summary>
    public (string Reason, string Message)? Failure
    {
        get
        {
            var limit = Job.Body.Number("spec", "backoffLimit") ?? 6;
            var restarts = Job.Body.Text("spec", "template", "spec", "restartPolicy") == "OnFailure" ? Active.Sum(pod => PodFacts.Of(pod).Restarts) : 0;
            if (Failed > limit || (restarts > 0 && restarts >= limit))
                return ("BackoffLimitExceeded", "Job has reached the specified backoff limit");
            return UntilDeadline <= TimeSpan.Zero ? ("DeadlineExceeded", "Job was active longer than specified deadline") : null;
        }
    }

    /// <summary>The pod time until it has been active too long; null where it may be so for ever.</summary>
    public TimeSpan? UntilDeadline =>
        Job.Body.Number("spec", "activeDeadlineSeconds") is { } seconds && Job.Body.Text("status", "startTime") is { } start
            ? TimeSpan.FromSeconds(seconds) - _plane.Moments.Since(Job.Uid, "start", start)
            : null;

    /// <summary>How much pod time has passed since a pod last failed.</summary>
    public TimeSpan SinceLastFailure => Pods.Where(pod => PodFacts.Of(pod).Phase == "Failed").Select(SinceEnded).DefaultIfEmpty(TimeSpan.MaxValue).Min();

    private long? Completions => Job.Body.Number("spec", "completions") ?? (Job.Body.At("spec", "parallelism") is null ? 1 : null);

    /// <summary>Whether a Job has succeeded or failed for good.</summary>
    public static bool IsFinished(JsonObject job) => job.IsTrue("Complete") || job.IsTrue("Failed");

    /// <summary>How much pod time has passed since a Job finished.</summary>
    public static TimeSpan SinceFinished(ControlPlane plane, StoredObject job) =>
        plane.Time.Since(Stamp(job.Body.Condition(job.Body.IsTrue("Complete") ? "Complete" : "Failed").Text("lastTransitionTime")));

    private TimeSpan SinceEnded(StoredObject pod) => _plane.Time.Since(pod.Body.Items("status", "containerStatuses")
        .Select(status => status.Text("state", "terminated", "finishedAt")).OfType<string>().Select(Stamp)
        .DefaultIfEmpty(Stamp(pod.Body.Text("metadata", "creationTimestamp"))).Max());

    private static DateTimeOffset Stamp(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture);
}
