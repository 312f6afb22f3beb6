using DifyUpgrade.Sandbox.Pods;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Pods;

public sealed class LogTests : IDisposable
{
    private readonly SimulatedNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task A_part_of_the_log_can_be_asked_for()
    {
        Start("for i in 1 2 3 4; do echo $i; sleep 10; done; sleep 1000");
        _node.Pass(35);
        Assert.Equal("1\n2\n3\n4\n", await _node.LogsAsync());
        Assert.Equal("3\n4\n", await _node.LogsAsync(new LogOptions { TailLines = 2 }));
        Assert.Equal("1\n2", await _node.LogsAsync(new LogOptions { LimitBytes = 3 }));
        Assert.Equal("4\n", await _node.LogsAsync(new LogOptions { SinceSeconds = 6 }));
        Assert.Equal("", await _node.LogsAsync(new LogOptions { TailLines = 0 }));
        Assert.Matches("^2026-01-01T00:00:\\d\\d\\.\\d{9}Z 1\n", await _node.LogsAsync(new LogOptions { Timestamps = true }));
    }

    [Fact]
    public async Task Following_ends_with_the_container()
    {
        Start("echo one; sleep 5; echo two; sleep 5; exit 1");
        _node.Pass(2);
        var following = _node.LogsAsync(new LogOptions { Follow = true });
        Assert.False(following.IsCompleted);
        _node.Pass(12);
        Assert.Equal("one\ntwo\n", await following);
    }

    [Fact]
    public async Task The_log_of_the_instance_before_is_kept()
    {
        Start("echo $$; date +%S; exit 1");
        _node.Pass(6);
        Assert.Equal("CrashLoopBackOff", _node.State());
        var last = await _node.LogsAsync();
        Assert.Equal(last, await _node.LogsAsync(new LogOptions { Previous = true }));
        _node.Pass(10);
        Assert.NotEqual(last, await _node.LogsAsync());
    }

    [Theory]
    [InlineData("nginx", "web", false, "previous", "previous terminated container \"web\" in pod \"one\" not found")]
    [InlineData("nginx", "nope", false, "", "container nope is not valid for pod one")]
    [InlineData("langgenius/dify-api:99.0.0", "web", true, "", "container \"web\" in pod \"one\" is waiting to start: trying and failing to pull image")]
    [InlineData("nginx:::", "web", true, "", "container \"web\" in pod \"one\" is waiting to start: InvalidImageName")]
    public void A_log_that_is_not_there_is_said_to_be_so(string image, string container, bool isPending, string which, string message)
    {
        _node.Start($$"""{"name":"web","image":"{{image}}"}""");
        _node.Pass(10);
        Assert.Equal(isPending ? "Pending" : "Running", _node.Pod().Text("status", "phase"));
        var refused = Assert.Throws<ApiException>(() => _node.Runtime.Logs(_node.Pod(), container, new LogOptions { Previous = which.Length > 0 }));
        Assert.Equal((400, message), (refused.Code, refused.Message));
    }

    [Fact]
    public void A_container_has_to_be_named_where_there_are_several()
    {
        _node.Start("""{"name":"a","image":"nginx"},{"name":"b","image":"nginx"}""");
        Assert.Equal("a container name must be specified for pod one, choose one of: [a b]", Assert.Throws<ApiException>(() => _node.Runtime.Logs(_node.Pod(), null, new LogOptions())).Message);
    }

    private void Start(string script) => _node.Start($$"""{"name":"web","image":"busybox","command":["sh","-c","{{script}}"]}""");
}
