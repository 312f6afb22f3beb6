using DifyUpgrade.Sandbox.Faults;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Pods;

public sealed class ProbeTests : IDisposable
{
    private readonly SimulatedNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void Readiness_waits_for_its_delay_and_for_enough_good_answers()
    {
        _node.Start(Container(""" "readinessProbe":{"tcpSocket":{"port":80},"initialDelaySeconds":20,"periodSeconds":5,"successThreshold":2} """));
        _node.Pass(24);
        Assert.Equal(("Running", "False"), (_node.State(), _node.Condition("Ready")));
        _node.Pass(5);
        Assert.Equal("True", _node.Condition("Ready"));
    }

    [Fact]
    public void Readiness_that_is_lost_is_told_and_the_container_stays()
    {
        _node.Start(Container(""" "readinessProbe":{"httpGet":{"port":80},"periodSeconds":1} """));
        _node.Pass(5);
        Assert.Equal("True", _node.Condition("Ready"));

        var fault = _node.Faults.Add(new FaultRule(FaultKind.ProbeNeverPasses));
        _node.Pass(2);
        Assert.Equal("True", _node.Condition("Ready"));
        _node.Pass(2);
        Assert.Equal(("False", 0L), (_node.Condition("Ready"), _node.Container().Number("restartCount")));
        Assert.Contains("Warning Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 503", _node.Events());

        _node.Faults.Clear(fault.Id);
        _node.Pass(2);
        Assert.Equal("True", _node.Condition("Ready"));
    }

    [Fact]
    public void Liveness_that_is_lost_restarts_the_container()
    {
        _node.Start(Container(""" "livenessProbe":{"exec":{"command":["cat","/nope"]},"periodSeconds":2,"failureThreshold":2} """));
        _node.Pass(12);
        Assert.Equal(1, _node.Container().Number("restartCount"));
        Assert.Contains("Warning Unhealthy Liveness probe failed: cat: can't open '/nope': No such file or directory\n", _node.Events());
        Assert.Contains("Normal Killing Container web failed liveness probe, will be restarted", _node.Events());
    }

    [Fact]
    public void Nothing_else_is_asked_before_the_startup_is_over()
    {
        _node.Start(Container(""" "startupProbe":{"tcpSocket":{"port":9},"periodSeconds":2,"failureThreshold":5},"livenessProbe":{"tcpSocket":{"port":9},"periodSeconds":1} """));
        _node.Pass(10);
        Assert.False(_node.Container().Flag("started"));
        Assert.DoesNotContain(_node.Events(), text => text.Contains("Liveness", StringComparison.Ordinal));
        _node.Pass(8);
        Assert.Contains("Normal Killing Container web failed startup probe, will be restarted", _node.Events());
    }

    [Fact]
    public void A_command_that_takes_too_long_fails()
    {
        _node.Start(Container(""" "readinessProbe":{"exec":{"command":["sh","-c","sleep 5"]},"timeoutSeconds":2} """));
        _node.Pass(5);
        Assert.Contains("Warning Unhealthy Readiness probe failed: command timed out: \"sh -c sleep 5\" timed out after 2s", _node.Events());
    }

    private static string Container(string probes) => $$"""{"name":"web","image":"nginx",{{probes}}}""";
}
