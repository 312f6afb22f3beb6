using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Tables;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Tables;

public sealed class PodCellsTests
{
    [Theory]
    [InlineData("Pending", """{"status":{"phase":"Pending"}}""")]
    [InlineData("Evicted", """{"status":{"phase":"Failed","reason":"Evicted"}}""")]
    [InlineData("ContainerCreating", """{"status":{"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ContainerCreating"}}}]}}""")]
    [InlineData("CrashLoopBackOff", """{"status":{"phase":"Running","containerStatuses":[{"state":{"running":{}}},{"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}""")]
    [InlineData("Error", """{"status":{"phase":"Running","containerStatuses":[{"state":{"terminated":{"reason":"Error","exitCode":1}}}]}}""")]
    [InlineData("ExitCode:3", """{"status":{"phase":"Running","containerStatuses":[{"state":{"terminated":{"exitCode":3}}}]}}""")]
    [InlineData("Signal:9", """{"status":{"phase":"Running","containerStatuses":[{"state":{"terminated":{"exitCode":137,"signal":9}}}]}}""")]
    [InlineData("Init:0/2", """{"spec":{"initContainers":[{},{}]},"status":{"phase":"Pending","initContainerStatuses":[{"state":{"running":{}}}]}}""")]
    [InlineData("Init:1/2", """{"spec":{"initContainers":[{},{}]},"status":{"phase":"Pending","initContainerStatuses":[{"state":{"terminated":{"exitCode":0}}},{"state":{"running":{}}}]}}""")]
    [InlineData("Init:Error", """{"spec":{"initContainers":[{}]},"status":{"phase":"Pending","initContainerStatuses":[{"state":{"terminated":{"exitCode":1,"reason":"Error"}}}]}}""")]
    [InlineData("Terminating", """{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"},"status":{"phase":"Running"}}""")]
    [InlineData("Unknown", """{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"},"status":{"phase":"Running","reason":"NodeLost"}}""")]
    public void The_status_is_the_one_kubectl_prints(string expected, string pod) => Assert.Equal(expected, new PodCells((JsonObject)JsonNode.Parse(pod)!).Status);

    [Fact]
    public void Restarts_say_when_the_last_one_was()
    {
        var pod = JsonNode.Parse("""{"spec":{"containers":[{},{}]},"status":{"containerStatuses":[{"ready":true,"restartCount":2,"state":{"running":{}},"lastState":{"terminated":{"finishedAt":"2026-01-01T00:00:00Z"}}}]}}""")!;
        var cells = new PodCells((JsonObject)pod);

        Assert.Equal(("1/2", "2 (20s ago)"), (cells.Ready, cells.Restarts(new DateTimeOffset(2026, 1, 1, 0, 0, 20, TimeSpan.Zero))));
    }
}
