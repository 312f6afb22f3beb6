using System.Collections.Concurrent;
using DifyUpgrade.Mounts;
using Xunit;

namespace DifyUpgrade.Tests.Mounts;

public sealed class ExecThrottleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_gets_four_at_once_and_a_busy_node_holds_no_other_up()
    {
        using var throttle = new ExecThrottle();
        var release = new TaskCompletionSource();
        var begun = new ConcurrentBag<string>();
        List<Task<int>> slow = [.. Enumerable.Range(0, 100).Select(_ => throttle.RunAsync("slow", () => WorkAsync("slow"), Cancellation))];
        List<Task<int>> other = [.. Enumerable.Range(0, 4).Select(_ => throttle.RunAsync("other", () => WorkAsync("other"), Cancellation))];

        Assert.Equal(4, begun.Count(node => node == "slow"));
        Assert.Equal(4, begun.Count(node => node == "other"));
        release.SetResult();
        Assert.Equal(104, (await Task.WhenAll([.. slow, .. other])).Sum());

        async Task<int> WorkAsync(string node)
        {
            begun.Add(node);
            await release.Task;
            return 1;
        }
    }

    [Fact]
    public async Task All_nodes_together_get_no_more_than_the_API_server_should_carry()
    {
        using var throttle = new ExecThrottle();
        var release = new TaskCompletionSource();
        var (now, most) = (0, 0);
        List<Task<bool>> work = [.. Enumerable.Range(0, 100).Select(node => throttle.RunAsync($"node-{node}", WorkAsync, Cancellation))];
        release.SetResult();
        await Task.WhenAll(work);
        Assert.Equal(64, most);

        async Task<bool> WorkAsync()
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await release.Task;
            Interlocked.Decrement(ref now);
            return true;
        }
    }
}
