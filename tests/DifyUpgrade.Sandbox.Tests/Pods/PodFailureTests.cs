using DifyUpgrade.Sandbox.Faults;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Pods;

public sealed class PodFailureTests : IDisposable
{
    private const string Nginx = """{"name":"web","image":"nginx"}""";

    private readonly SimulatedNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_container_that_crashes_is_started_at_once_then_after_10_20_40_seconds_and_at_most_after_5_minutes()
    {
        _node.Start("""{"name":"web","image":"busybox","command":["sh","-c","exit 3"]}""");
        var starts = new List<double>();
        for (var (second, count) = (0, 0L); second < 1500; second++)
        {
            _node.Pass(1);
            if (_node.Container().Number("restartCount") is { } now && now != count)
                (_, count) = (starts.Count, now);
            else
                continue;
            starts.Add(second);
        }

        var gaps = starts.Zip(starts.Skip(1), (one, two) => Math.Round((two - one) / 10) * 10).ToList();
        Assert.Equal([10, 20, 40, 80, 160, 300, 300, 300], gaps.Take(8));
        Assert.Equal("CrashLoopBackOff", _node.State());
        Assert.StartsWith("back-off 5m0s restarting failed container=web pod=one_dify(", _node.Container().Text("state", "waiting", "message"), StringComparison.Ordinal);
        Assert.Equal(3, _node.Container().Number("lastState", "terminated", "exitCode"));
    }

    [Theory]
    [InlineData("langgenius/dify-web:1.12.1", "8Mi", "OOMKilled")]
    [InlineData("langgenius/dify-web:1.12.1", "64Mi", "Running")]
    public void A_program_that_takes_more_memory_than_it_may_have_is_killed(string image, string limit, string state)
    {
        _node.Start($$"""{"name":"web","image":"{{image}}","resources":{"limits":{"memory":"{{limit}}"} } }""", "\"restartPolicy\":\"Never\",");
        _node.Pass(30);
        Assert.Equal(state, _node.State());
        Assert.Equal(state == "OOMKilled" ? 137 : null, _node.Container().Number("state", "terminated", "exitCode"));
    }

    [Fact]
    public void A_hook_that_fails_after_the_start_ends_the_container()
    {
        _node.Start("""{"name":"web","image":"nginx","lifecycle":{"postStart":{"exec":{"command":["sh","-c","sleep 5; echo no luck; exit 4"]}}}}""", "\"restartPolicy\":\"Never\",");
        _node.Pass(5);
        Assert.Equal(("Running", "False"), (_node.State(), _node.Condition("Ready")));
        _node.Pass(10);
        Assert.Contains("Warning FailedPostStartHook PostStartHook failed: no luck", _node.Events());
        Assert.NotEqual("Running", _node.State());
    }

    [Fact]
    public void A_hook_after_the_start_that_passes_only_delays_readiness()
    {
        _node.Start("""{"name":"web","image":"nginx","lifecycle":{"postStart":{"exec":{"command":["sleep","5"]}}}}""");
        _node.Pass(5);
        Assert.Equal("False", _node.Condition("Ready"));
        _node.Pass(10);
        Assert.Equal("True", _node.Condition("Ready"));
    }

    [Fact]
    public void Repeated_failures_count_up_in_one_event()
    {
        _node.Start("""{"name":"web","image":"busybox","command":["sh","-c","exit 3"]}""");
        _node.Pass(60);
        var events = _node.Events();
        Assert.Single(events, text => text.StartsWith("Warning BackOff Back-off restarting failed container web in pod one_dify(", StringComparison.Ordinal));
        Assert.Equal(events.Distinct(), events);
    }

    [Fact]
    public void A_reference_that_is_none_is_an_invalid_image_name()
    {
        _node.Start("""{"name":"web","image":"nginx:::1"}""");
        _node.Pass(3);
        Assert.Equal("InvalidImageName", _node.State());
        Assert.Contains("Warning InspectFailed Failed to apply default image tag \"nginx:::1\": couldn't parse image reference \"nginx:::1\": invalid reference format", _node.Events());
    }

    [Theory]
    [InlineData("""["nosuch"]""", "exec: \"nosuch\": executable file not found in $PATH")]
    [InlineData("""["/nosuch"]""", "exec: \"/nosuch\": stat /nosuch: no such file or directory")]
    public void A_program_that_is_not_there_is_an_error_of_the_start(string command, string said)
    {
        _node.Start($$"""{"name":"web","image":"busybox","command":{{command}}}""");
        _node.Pass(1.5);
        Assert.Equal("RunContainerError", _node.State());
        Assert.Equal((128, "StartError"), ((int)_node.Container().Number("lastState", "terminated", "exitCode")!, _node.Container().Text("lastState", "terminated", "reason")));
        Assert.Contains(said, _node.Container().Text("state", "waiting", "message"), StringComparison.Ordinal);
        _node.Pass(4);
        Assert.Equal("CrashLoopBackOff", _node.State());
    }

    [Fact]
    public void A_pull_that_is_scripted_to_fail_fails_as_often_as_scripted()
    {
        _node.Faults.Add(new FaultRule(FaultKind.ImagePull) { Pod = "one", Times = 1 });
        _node.Start(Nginx);
        _node.Pass(3);
        Assert.Equal("ErrImagePull", _node.State());
        _node.Pass(12);
        Assert.Equal("Running", _node.State());
    }

    [Fact]
    public void A_pod_can_be_evicted()
    {
        _node.Start(Nginx);
        _node.Pass(5);
        _node.Faults.Add(new FaultRule(FaultKind.Evicted) { Pod = "one", Times = 1 });
        Assert.Equal(("Failed", "Evicted"), (_node.Pod().Text("status", "phase"), _node.Pod().Text("status", "reason")));
        Assert.Equal("Error", _node.State());
        Assert.Contains(_node.Events(), text => text.StartsWith("Warning Evicted The node was low on resource: memory.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_container_can_be_killed_for_its_memory_and_starts_again()
    {
        _node.Start(Nginx);
        _node.Pass(5);
        _node.Faults.Add(new FaultRule(FaultKind.OutOfMemory) { Pod = "one", Times = 1 });
        Assert.Equal(("OOMKilled", 137L), (_node.State(), _node.Container().Number("state", "terminated", "exitCode")));
        _node.Pass(4);
        Assert.Equal(("Running", "OOMKilled"), (_node.State(), _node.Container().Text("lastState", "terminated", "reason")));
    }

    [Fact]
    public async Task A_container_can_crash_at_its_start()
    {
        _node.Faults.Add(new FaultRule(FaultKind.CrashAtStart) { Pod = "one", Message = "no luck" });
        _node.Start(Nginx);
        _node.Pass(7);
        Assert.Equal(("CrashLoopBackOff", "no luck\n"), (_node.State(), await _node.LogsAsync()));
    }

    [Fact]
    public void A_lost_node_tells_nothing_until_it_is_back()
    {
        _node.Start(Nginx);
        _node.Pass(5);
        var lost = _node.Faults.Add(new FaultRule(FaultKind.NodeLost) { Node = "node-1" });
        _node.Delete();
        _node.Pass(60);
        Assert.Equal("Running", _node.State());
        Assert.Equal(500, Assert.Throws<ApiException>(() => _node.Runtime.CheckExec(_node.Pod(), "web")).Code);

        _node.Faults.Clear(lost.Id);
        _node.Pass(1);
        Assert.Null(_node.Find());
    }
}
