using DifyUpgrade.Cluster;
using DifyUpgrade.Diagnosis;
using DifyUpgrade.Mounts;
using DifyUpgrade.Releases;
using DifyUpgrade.Rendering;
using DifyUpgrade.Reports;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Tests.Reports;

/// <summary>Reports of runs with any number of pods, with a dip and with all that has to be escaped.</summary>
internal static class SampleReport
{
    public const string Markup = "<script>alert('x')</script> & \"quotes\" | `ticks` \u001b[31m";

    private static readonly DateTimeOffset Start = new(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);
    private static readonly string[] Components = ["api", "worker", "beat"];

    /// <summary>An upgrade of so many pods, one after the other; the first dips.</summary>
    public static RunReport Upgrade(int pods)
    {
        List<PodRecord> all = [.. Components.SelectMany((component, i) => Pods(component, Share(pods, i), failing: false))];
        return Of(RunOutcome.Succeeded, all, RolloutEnd.Complete) with
        {
            Evidence = [.. all.Where(pod => pod.IsNew).Select(pod => Evidence(pod, MountVerdict.Proven))],
            Findings = [Finding.Warning("prompts.py defines EXTRA_PROMPT, which Dify 1.12.1 imports nowhere", "custom-configs/prompts.py:41", "Take it out, or keep it; nothing reads it")],
        };
    }

    /// <summary>An upgrade that got stuck.</summary>
    public static RunReport Failure(int pods)
    {
        List<PodRecord> all = [.. Components.SelectMany((component, i) => Pods(component, Share(pods, i), failing: component == "api"))];
        var cause = new Cause("prompts-import", "prompts.py lacks LLM_MODIFY_CODE_SYSTEM, which Dify 1.12.1 imports at start (since 1.8.0), so the container crashes", "pod/dify-api-2-0, container api", "Add the name: ./build.sh NewPrompts --dify-version 1.12.1 shows what it should hold\nthen: ./build.sh Upgrade --config-map-drift apply");
        Finding[] findings = [cause.ToFinding(), Finding.Error(Markup, "pod/dify-api-2-1", "./build.sh Rollback"), Finding.Warning("No prompts were kept for revision 6", "", "")];
        var failed = Of(RunOutcome.Failed, all, RolloutEnd.Stuck);
        return failed with
        {
            Causes = [cause],
            Findings = findings,
            Stages = [.. failed.Stages.SkipLast(2), failed.Stages[^2] with { Outcome = RunOutcome.Failed, Findings = findings[..2] }],
            Evidence = [.. all.Where(pod => pod.IsNew).Take(3).Select((pod, i) => Evidence(pod, (MountVerdict)i))],
        };
    }

    /// <summary>An upgrade that began with a repair, got stuck and was rolled back.</summary>
    public static RunReport Recovery()
    {
        var failed = Failure(10);
        return failed with
        {
            EvidenceBeforeRollback = failed.Evidence,
            Repair = new ReportedRepair { Revision = 6, Was = "pending-upgrade", Why = "its helm died " + Markup, Copy = "dify-upgrade.dify.v6.replaced" },
            Rollback = new ReportedRollback { From = 7, To = 5, Revision = 8, PromptsRestored = true, Proven = true, DatabaseNotice = "Dify goes from 1.12.1 back to 1.11.4 " + Markup },
        };
    }

    private static int Share(int pods, int component) => component switch { 0 => pods - (2 * (pods / 4)), _ => pods / 4 };

    private static RunReport Of(RunOutcome outcome, List<PodRecord> pods, RolloutEnd end)
    {
        var to = pods.Max(pod => pod.Gone ?? pod.Ready ?? Start) + TimeSpan.FromSeconds(2);
        return new RunReport
        {
            Outcome = outcome,
            From = Start.AddSeconds(-4),
            To = to.AddSeconds(3),
            Release = new ReportedRelease { Name = "dify", Namespace = "dify-production", Context = "production", Server = "https://10.0.0.1:6443", Revision = 7 },
            Stages = Stages(to),
            Causes = [],
            Findings = [],
            Changes = Changes(),
            Rollouts = [Rollout(pods, to, end)],
            Evidence = [],
        };
    }

    private static StageRecord[] Stages(DateTimeOffset to)
    {
        (string Target, DateTimeOffset From, DateTimeOffset To)[] stages =
        [
            ("ValidateConfigMap", Start.AddSeconds(-4), Start.AddSeconds(-3.1)), ("RenderTemplate", Start.AddSeconds(-3.1), Start.AddSeconds(-2.4)),
            ("DryRun", Start.AddSeconds(-2.4), Start.AddSeconds(-0.2)), ("Upgrade", Start.AddSeconds(-0.2), to.AddSeconds(0.5)), ("VerifyMount", to.AddSeconds(0.5), to.AddSeconds(3)),
        ];
        return [.. stages.Select(stage => new StageRecord { Target = stage.Target, From = stage.From, To = stage.To, Outcome = RunOutcome.Succeeded, Findings = [] })];
    }

    private static ObjectChange[] Changes() =>
    [
        new("Deployment/dify-api", ObjectChangeKind.Changed, ["  spec:", "    containers:", "      - name: api", "-       image: langgenius/dify-api:1.11.4", "+       image: langgenius/dify-api:1.12.1", "        env:", "  …", "+       note: " + Markup]),
        new("ConfigMap/dify-extra", ObjectChangeKind.Created, ["+ kind: ConfigMap", "+ data:", "+   key: value"]),
        new("Service/dify-api", ObjectChangeKind.Unchanged, []),
    ];

    private static RolloutRecord Rollout(List<PodRecord> pods, DateTimeOffset to, RolloutEnd end) => new()
    {
        Change = "helm upgrade",
        From = Start,
        To = to,
        End = end,
        Workloads = [.. pods.GroupBy(pod => pod.Workload).Select(group => Workload(group.Key, [.. group], to))],
        Pods = pods,
        Events = [new ClusterEvent { Time = Start.AddSeconds(5), Type = "Warning", Reason = "BackOff", Object = "pod/dify-api-2-0", ObjectUid = "dify-api-2-0", Message = Markup, Count = 3 }],
        Culprits = [],
    };

    private static WorkloadRecord Workload(WorkloadReference workload, List<PodRecord> pods, DateTimeOffset to)
    {
        var desired = pods.Count(pod => pod.WasThere);
        var meter = new AvailabilityMeter();
        var moments = pods.SelectMany(pod => pod.Readiness.Select(sample => sample.At).Append(pod.Terminating ?? Start)).Append(Start).Distinct().Order();
        foreach (var moment in moments)
            meter.Take(moment, pods.Count(pod => pod.Readiness.LastOrDefault(sample => sample.At <= moment) is { Ready: true } && !(pod.Terminating <= moment)), desired);
        var phase = pods.All(pod => pod.WasThere || pod.Ready is not null) ? RolloutPhase.Complete : RolloutPhase.Progressing;
        return new WorkloadRecord
        {
            Workload = workload,
            Verdict = new RolloutVerdict(phase, phase == RolloutPhase.Complete ? $"all {desired} pods are new and available" : $"0 of {desired} pods are new"),
            Desired = desired,
            UpdateStrategy = "RollingUpdate",
            Availability = meter.ToRecord(to),
            Revisions = [new RevisionRecord($"{workload.Name}-1", false), new RevisionRecord($"{workload.Name}-2", true)],
        };
    }

    // At most about 30 steps, whatever the number of pods, as a rollout by percent has.
    private static IEnumerable<PodRecord> Pods(string component, int count, bool failing)
    {
        var workload = new WorkloadReference(WorkloadKind.Deployment, "dify-production", "dify-" + component);
        for (var i = 0; i < count; i++)
        {
            var begin = Start.AddSeconds(1 + (i * 60.0 / Math.Max(count, 8)));
            var ready = begin.AddSeconds(6 + (i % 5));
            yield return Old(workload, i, failing ? null : i == 0 && component == "api" ? ready.AddSeconds(-3) : ready.AddSeconds(0.4));
            if (!failing || i < 2)
                yield return New(workload, i, begin, failing ? null : ready);
        }
    }

    private static PodRecord Old(WorkloadReference workload, int i, DateTimeOffset? terminating) => Pod(workload, 1, i) with
    {
        IsNew = false,
        WasThere = true,
        Seen = Start,
        Terminating = terminating,
        Gone = terminating?.AddSeconds(2),
        Readiness = [new ReadinessSample(Start, true), .. terminating is { } at ? (ReadinessSample[])[new ReadinessSample(at, false)] : []],
        Summary = terminating is null ? "ready" : "gone",
    };

    private static PodRecord New(WorkloadReference workload, int i, DateTimeOffset begin, DateTimeOffset? ready) => Pod(workload, 2, i) with
    {
        Seen = begin,
        Scheduled = begin.AddSeconds(0.6),
        Pulled = begin.AddSeconds(2.5),
        Started = begin.AddSeconds(3.2),
        Ready = ready,
        Readiness = [new ReadinessSample(begin, false), .. ready is { } at ? (ReadinessSample[])[new ReadinessSample(at, true)] : []],
        Restarts = ready is null ? 2 : 0,
        Summary = ready is null ? "api: CrashLoopBackOff (last exit code 2), 2 restarts" : "ready",
    };

    private static PodRecord Pod(WorkloadReference workload, int revision, int i) => new()
    {
        Pod = $"{workload.Name}-{(revision == 1 ? "7d9c5b8f64" : "85b86b69df")}-{i:x5}",
        Namespace = workload.Namespace,
        Uid = $"{workload.Name}-{revision}-{i}",
        Workload = workload,
        Revision = $"{workload.Name}-{revision}",
        IsNew = true,
        WasThere = false,
        Node = $"node-{i % 20}",
        Seen = Start,
        Readiness = [],
        Restarts = 0,
        Summary = "ready",
    };

    private static MountEvidence Evidence(PodRecord pod, MountVerdict verdict) => new()
    {
        Mount = new ContractMount { Workload = pod.Workload, Container = "api", Init = false, Image = "langgenius/dify-api:1.12.1", Path = "/app/api/core/llm_generator/prompts.py", Key = "prompts.py", ReadOnly = true, SubPath = true },
        Pod = pod.Pod,
        ExpectedSha256 = new string('a', 64),
        SeenSha256 = verdict switch { MountVerdict.Proven => new string('a', 64), MountVerdict.Refuted => new string('b', 64), _ => null },
        ReadOnly = verdict == MountVerdict.NotChecked ? null : true,
        Verdict = verdict,
        Reason = verdict switch { MountVerdict.Proven => "", MountVerdict.Refuted => "the pod serves other content", _ => "there is no cat in the container " + Markup },
    };
}
