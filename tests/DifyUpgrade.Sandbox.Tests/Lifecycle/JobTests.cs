using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

public sealed class JobTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void It_is_complete_when_its_pods_have_succeeded()
    {
        Create("""{"completions":3,"parallelism":2}""");
        _cluster.Settle();
        Assert.Equal((2, 2), (_cluster.Pods.Count, Job.Number("status", "active")));
        Assert.Equal(Job.Text("metadata", "uid"), _cluster.Pods[0].Body.Text("metadata", "labels", "batch.kubernetes.io/controller-uid"));
        EndAll("Succeeded");
        Assert.Equal((1, 2), (Job.Number("status", "active"), Job.Number("status", "succeeded")));
        EndAll("Succeeded");

        Assert.True(Job.IsTrue("Complete"));
        Assert.Equal((3, null), (Job.Number("status", "succeeded"), Job.Number("status", "active")));
        Assert.NotNull(Job.Text("status", "completionTime"));
        Assert.Equal(["Job completed"], _cluster.Events("Completed"));
    }

    [Fact]
    public void With_indexes_each_index_has_to_succeed_once_in_a_pod_that_knows_it()
    {
        Create("""{"completions":4,"parallelism":2,"completionMode":"Indexed","backoffLimit":6}""");
        _cluster.Settle();
        Assert.Equal(["0", "1"], Indexes());
        Assert.Matches("^[a-z-]+-0-[a-z0-9]{5}$", _cluster.Pods[0].Name);
        Assert.Equal("JOB_COMPLETION_INDEX", _cluster.Pods[0].Body.Items("spec", "containers").First().Items("env").Single().Text("name"));
        End(_cluster.Pods.Single(pod => Index(pod) == "1"), "Succeeded");
        End(_cluster.Pods.Single(pod => Index(pod) == "0"), "Failed");
        _cluster.Pass(15);
        Assert.Equal(["0", "0", "1", "2"], Indexes());
        Assert.Equal("1", Job.Text("status", "completedIndexes"));
        EndAll("Succeeded");
        _cluster.Pass(15);
        EndAll("Succeeded");

        Assert.True(Job.IsTrue("Complete"));
        Assert.Equal((4, "0-3"), (Job.Number("status", "succeeded"), Job.Text("status", "completedIndexes")));
    }

    [Fact]
    public void It_is_tried_again_with_growing_pauses_and_fails_beyond_its_limit()
    {
        Create("""{"backoffLimit":2}""");
        _cluster.Settle();
        EndAll("Failed");
        Assert.Single(_cluster.Pods);
        _cluster.Pass(10);
        Assert.Equal(2, _cluster.Pods.Count);
        EndAll("Failed");
        _cluster.Pass(19);
        Assert.Equal(2, _cluster.Pods.Count);
        _cluster.Pass(1);
        Assert.Equal(3, _cluster.Pods.Count);
        EndAll("Failed");

        var failed = Job.Condition("Failed");
        Assert.Equal(("True", "BackoffLimitExceeded", "Job has reached the specified backoff limit"), (failed.Text("status"), failed.Text("reason"), failed.Text("message")));
        Assert.Equal(["Job has reached the specified backoff limit"], _cluster.Events("BackoffLimitExceeded"));
    }

    [Fact]
    public void It_fails_when_it_is_active_too_long()
    {
        Create("""{"activeDeadlineSeconds":5}""");
        _cluster.Settle();
        _cluster.Pass(6);
        Assert.Equal("DeadlineExceeded", Job.Condition("Failed").Text("reason"));
        Assert.Empty(_cluster.Pods);
    }

    [Fact]
    public void It_is_cleared_away_when_it_has_been_finished_long_enough()
    {
        Create("""{"ttlSecondsAfterFinished":10}""");
        _cluster.Settle();
        EndAll("Succeeded");
        Assert.NotNull(_cluster.Get(ResourceTypes.Jobs, "migrate"));
        _cluster.Pass(11);
        Assert.Null(_cluster.Get(ResourceTypes.Jobs, "migrate"));
        Assert.Empty(_cluster.Pods);
    }

    private JsonObject Job => _cluster.Get(ResourceTypes.Jobs, "migrate")!.Body;

    private IEnumerable<string?> Indexes() => _cluster.Pods.Select(Index).Order();

    private static string? Index(StoredObject pod) => pod.Body.Text("metadata", "annotations", "batch.kubernetes.io/job-completion-index");

    private void EndAll(string phase)
    {
        foreach (var pod in _cluster.Pods.Where(pod => PodFacts.Of(pod).IsActive))
            End(pod, phase);
        _cluster.Settle();
    }

    private void End(StoredObject pod, string phase) => _cluster.Plane.Change(pod, body =>
    {
        body.Child("status")["phase"] = phase;
        body.Child("status")["containerStatuses"] = new JsonArray(new JsonObject { ["state"] = new JsonObject { ["terminated"] = new JsonObject { ["finishedAt"] = _cluster.Plane.Now } } });
    });

    private StoredObject Create(string spec)
    {
        var body = TestCluster.Json("""{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"migrate"}}""");
        body["spec"] = TestCluster.Json(spec);
        body.Child("spec")["template"] = TestCluster.Json("""{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}""");
        return _cluster.Create(ResourceTypes.Jobs, body.ToJsonString());
    }
}
