using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Pods;

public sealed class PodLifeTests : IDisposable
{
    private const string Nginx = """{"name":"web","image":"nginx:1.27"}""";

    private readonly SimulatedNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_pod_is_set_up_started_and_ready()
    {
        _node.Start(Nginx);
        Assert.Equal(("Pending", "ContainerCreating", "False"), (_node.Pod().Text("status", "phase"), _node.State(), _node.Condition("Ready")));
        _node.Pass(5);

        Assert.Equal(("Running", "Running", "True"), (_node.Pod().Text("status", "phase"), _node.State(), _node.Condition("Ready")));
        Assert.StartsWith("10.244.", _node.Pod().Text("status", "podIP"), StringComparison.Ordinal);
        Assert.Equal(
            [
                "Normal Pulling Pulling image \"nginx:1.27\"",
                "Normal Pulled Successfully pulled image \"nginx:1.27\" in 720ms (720ms including waiting). Image size: 80000000 bytes.",
                "Normal Created Created container: web",
                "Normal Started Started container web",
            ],
            _node.Events());
        Assert.Equal(
            ["PodReadyToStartContainers True", "Initialized True", "Ready True", "ContainersReady True", "PodScheduled True"],
            _node.Pod().Items("status", "conditions").Select(condition => $"{condition.Text("type")} {condition.Text("status")}"));
    }

    [Fact]
    public void A_container_reports_what_the_real_one_reports()
    {
        _node.Start(Nginx);
        _node.Pass(5);
        var status = _node.Container();

        Assert.Equal("docker.io/library/nginx:1.27", status.Text("image"));
        Assert.StartsWith("docker.io/library/nginx@sha256:", status.Text("imageID"), StringComparison.Ordinal);
        Assert.Matches("^containerd://[0-9a-f]{64}$", status.Text("containerID"));
        Assert.Equal((true, true, 0L), (status.Flag("ready"), status.Flag("started"), status.Number("restartCount")));
        Assert.Equal("BestEffort", _node.Pod().Text("status", "qosClass"));
    }

    [Fact]
    public void The_second_pod_of_an_image_finds_it_present()
    {
        _node.Start(Nginx);
        _node.Pass(5);
        _node.Start(Nginx, name: "two");
        _node.Pass(2);
        Assert.Equal("Normal Pulled Container image \"nginx:1.27\" already present on machine", _node.Events("two")[0]);
    }

    [Fact]
    public void A_pod_that_is_deleted_ends_and_goes()
    {
        _node.Start(Nginx);
        _node.Pass(5);
        _node.Delete();
        Assert.NotNull(_node.Find());
        _node.Pass(2);

        Assert.Null(_node.Find());
        Assert.Contains("Normal Killing Stopping container web", _node.Events());
    }

    [Theory]
    [InlineData("""["sleep","1000"]""", 30)]
    [InlineData("""["sh","-c","trap 'exit 0' TERM; sleep 1000"]""", 0.4)]
    public void A_first_process_that_does_not_care_for_signals_is_killed_when_the_grace_is_over(string command, double seconds)
    {
        _node.Start($$"""{"name":"web","image":"busybox","command":{{command}}}""");
        _node.Pass(5);
        _node.Delete();
        _node.Pass(seconds - 0.2);
        Assert.NotNull(_node.Find());
        _node.Pass(1);
        Assert.Null(_node.Find());
    }

    [Fact]
    public void A_second_deletion_can_shorten_the_grace()
    {
        _node.Start("""{"name":"web","image":"busybox","command":["sleep","1000"]}""");
        _node.Pass(5);
        _node.Delete();
        _node.Pass(2);
        _node.Delete(grace: 3);
        _node.Pass(4);
        Assert.Null(_node.Find());
    }

    [Fact]
    public void A_preStop_hook_delays_the_end_within_the_grace()
    {
        _node.Start("""{"name":"web","image":"nginx","lifecycle":{"preStop":{"exec":{"command":["sleep","5"]}}}}""");
        _node.Pass(5);
        _node.Delete();
        _node.Pass(4.5);
        Assert.NotNull(_node.Find());
        _node.Pass(2);
        Assert.Null(_node.Find());
    }

    [Fact]
    public void A_finalizer_holds_a_pod_that_has_ended()
    {
        _node.Start(Nginx);
        _node.Pass(5);
        _node.Change(pod => pod["metadata"]!["finalizers"] = new System.Text.Json.Nodes.JsonArray("example.com/hold"));
        _node.Delete();
        _node.Pass(5);
        Assert.Equal((0L, "Succeeded"), (_node.Pod().Number("metadata", "deletionGracePeriodSeconds"), _node.Pod().Text("status", "phase")));
    }

    [Fact]
    public void A_pod_that_ends_by_itself_while_it_is_deleted_goes()
    {
        _node.Start("""{"name":"work","image":"busybox","command":["sleep","3"]}""", """ "restartPolicy":"Never", """);
        _node.Pass(2);
        _node.DeleteUnheard(10);
        _node.Pass(1);
        Assert.Null(_node.Find());
    }

    [Fact]
    public void A_pod_that_had_ended_when_the_former_process_was_told_to_remove_it_goes()
    {
        _node.Start("""{"name":"work","image":"busybox","command":["sleep","3"]}""", """ "restartPolicy":"Never", """);
        _node.Pass(2);
        _node.DeleteUnheard(10);
        using var next = _node.Successor();
        Assert.Null(next.Find());
    }

    [Fact]
    public void Init_containers_run_one_after_another_before_the_others()
    {
        _node.Start(Nginx, """ "initContainers":[{"name":"first","image":"busybox","command":["sleep","2"]},{"name":"second","image":"busybox","command":["sleep","2"]}], """);
        _node.Pass(3);
        Assert.Equal(("PodInitializing", "False"), (_node.State(), _node.Condition("Initialized")));
        Assert.Contains(_node.Pod().Items("status", "conditions"), condition => condition.Text("message") == "containers with incomplete status: [first second]");
        _node.Pass(8);
        Assert.Equal(("Running", "True"), (_node.State(), _node.Condition("Initialized")));
        Assert.All(_node.Pod().Items("status", "initContainerStatuses"), status => Assert.Equal("Completed", status.Text("state", "terminated", "reason")));
    }

    [Fact]
    public void A_sidecar_runs_beside_the_containers_that_wait_for_it()
    {
        _node.Start("""{"name":"work","image":"busybox","command":["sleep","5"]}""", """ "restartPolicy":"Never","initContainers":[{"name":"side","image":"nginx","restartPolicy":"Always"}], """);
        _node.Pass(6);
        Assert.Equal("Running", _node.State());
        Assert.True(_node.Pod().Items("status", "initContainerStatuses").Single().At("state", "running") is not null, _node.Pod()["status"]!.ToJsonString());
        _node.Pass(6);
        Assert.Equal("Succeeded", _node.Pod().Text("status", "phase"));
    }

    [Theory]
    [InlineData("Never", "exit 0", "Succeeded", "Completed")]
    [InlineData("Never", "exit 4", "Failed", "Error")]
    [InlineData("OnFailure", "exit 0", "Succeeded", "Completed")]
    [InlineData("OnFailure", "exit 4", "Running", "CrashLoopBackOff")]
    [InlineData("Always", "exit 0", "Running", "CrashLoopBackOff")]
    public void The_restart_policy_decides_what_becomes_of_a_container_that_ends(string policy, string script, string phase, string state)
    {
        _node.Start($$"""{"name":"work","image":"busybox","command":["sh","-c","{{script}}"]}""", $$""" "restartPolicy":"{{policy}}", """);
        _node.Pass(6);
        Assert.Equal((phase, state), (_node.Pod().Text("status", "phase"), _node.State()));
    }

    [Theory]
    [InlineData("""{"limits":{"cpu":"1","memory":"1Gi"}}""", "Guaranteed")]
    [InlineData("""{"limits":{"memory":"1Gi"},"requests":{"memory":"1Gi"}}""", "Burstable")]
    [InlineData("""{"requests":{"cpu":"1"}}""", "Burstable")]
    [InlineData("{}", "BestEffort")]
    public void The_quality_of_service_follows_from_requests_and_limits(string resources, string expected)
    {
        _node.Start($$"""{"name":"web","image":"nginx","resources":{{resources}}}""");
        Assert.Equal(expected, _node.Pod().Text("status", "qosClass"));
    }

    [Fact]
    public void The_pods_of_a_former_process_start_again_as_after_the_restart_of_a_node()
    {
        _node.Start(Nginx);
        _node.Pass(5);
        using var next = _node.Successor();
        next.Pass(5);

        Assert.Equal(("Running", 1L, "Unknown"), (next.State(), next.Container().Number("restartCount"), next.Container().Text("lastState", "terminated", "reason")));
        Assert.Contains("Normal SandboxChanged Pod sandbox changed, it will be killed and re-created.", next.Events());
    }
}
