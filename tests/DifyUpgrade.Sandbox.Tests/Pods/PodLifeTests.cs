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
        Assert.Contains("Normal Created Created container: web", _node.Events());
        Assert.Contains("Normal Started Started container web", _node.Events());
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
}
