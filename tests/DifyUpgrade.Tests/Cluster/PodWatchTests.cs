using DifyUpgrade.Cluster;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class PodWatchTests
{
    private const string Path = "/api/v1/namespaces/dify/pods";
    private const string Expired = """{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_lists_then_watches_from_the_lists_version()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, List("10", Pod("a", "9")))
            .OnWatch(Path, true, Line("ADDED", Pod("b", "11")), Line("MODIFIED", Pod("a", "12")), Line("DELETED", Pod("b", "13")));

        Assert.Equal(["Listed a", "Added b", "Modified a", "Deleted b"], await WatchAsync(api, 4));
        Assert.Contains("resourceVersion=10&", api.Seen.Last().Query, StringComparison.Ordinal);
        Assert.Contains("allowWatchBookmarks=true", api.Seen.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_on_from_the_last_bookmark_when_a_connection_ends()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, List("10"))
            .OnWatch(Path, false, Line("ADDED", Pod("a", "11")), """{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"20"}}}""")
            .OnWatch(Path, true, Line("ADDED", Pod("b", "21")));

        Assert.Equal(["Added a", "Added b"], await WatchAsync(api, 2));
        Assert.Contains("resourceVersion=20&", api.Seen.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_of_a_line_loses_nothing()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, List("10"))
            .On($"WATCH {Path}", async context =>
            {
                await context.Response.WriteAsync(Line("ADDED", Pod("a", "11")) + "\n" + Line("ADDED", Pod("b", "12"))[..40]);
                await context.Response.Body.FlushAsync();
                context.Abort();
            })
            .On($"WATCH {Path}", async context =>
            {
                // A reset may overtake the first line, too; then the client goes on from before it.
                if (context.Request.Query["resourceVersion"] == "10")
                    await context.Response.WriteAsync(Line("ADDED", Pod("a", "11")) + "\n");
                await context.Response.WriteAsync(Line("ADDED", Pod("b", "12")) + "\n");
                await api.HangAsync(context);
            });

        Assert.Equal(["Added a", "Added b"], await WatchAsync(api, 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_version_has_expired_it_lists_again_and_tells_the_difference(bool inStream)
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, List("10", Pod("gone", "1"), Pod("same", "2"), Pod("changed", "3")))
            .On($"GET {Path}", 200, List("90", Pod("same", "2"), Pod("changed", "80"), Pod("new", "85")));
        if (inStream)
            api.OnWatch(Path, false, Expired);
        else
            api.On($"WATCH {Path}", 410, ScriptedApi.Status(410, "Expired", "too old resource version"));
        api.OnWatch(Path, true);

        Assert.Equal(
            ["Listed gone", "Listed same", "Listed changed", "Deleted gone", "Modified changed", "Added new"],
            await WatchAsync(api, 6));
    }

    [Fact]
    public async Task Reconnects_to_a_failing_server_slow_down()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, List("10"));
        for (var failures = 0; failures < 8; failures++)
            api.On($"WATCH {Path}", 500, ScriptedApi.Status(500, "InternalError", "etcd"));
        api.OnWatch(Path, true, Line("ADDED", Pod("a", "11")));
        var time = new SteppingTime();

        Assert.Equal(["Added a"], await WatchAsync(api, 1, time));
        Assert.Equal([250, 500, 1000, 2000, 4000, 8000, 10000, 10000], time.Pauses.Select(pause => pause.TotalMilliseconds));
    }

    [Fact]
    public async Task A_right_that_is_taken_away_ends_the_watch()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, List("10")).On($"WATCH {Path}", 403, ScriptedApi.Status(403, "Forbidden", "no"));

        var failure = await Assert.ThrowsAsync<ClusterException>(() => WatchAsync(api, 1));
        Assert.Equal(ClusterFailure.Forbidden, failure.Failure);
    }

    [Fact]
    public async Task A_cancellation_ends_it()
    {
        await using var api = await ScriptedApi.StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        api.On($"GET {Path}", 200, List("10")).On($"WATCH {Path}", async context =>
        {
            await context.Response.Body.FlushAsync();
            await stop.CancelAsync();
            await api.HangAsync(context);
        });
        using var client = api.Client();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.Pods.WatchAsync("dify", null, stop.Token))
                Assert.Fail("there is nothing to see");
        });
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_and_from_the_start_when_a_page_has_expired()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, List("10", Pod("a", "1")).Replace("\"10\"", "\"10\",\"continue\":\"next one\"", StringComparison.Ordinal))
            .On($"GET {Path}", 410, ScriptedApi.Status(410, "Expired", "the provided continue parameter is too old"))
            .On($"GET {Path}", 200, List("20", Pod("a", "1")).Replace("\"20\"", "\"20\",\"continue\":\"x\"", StringComparison.Ordinal))
            .On($"GET {Path}", 200, List("20", Pod("b", "2")));
        using var client = api.Client();

        var pods = await client.Pods.ListAsync("dify", "app in (a,b)", Cancellation);
        Assert.Equal(["a", "b"], pods.Select(pod => pod.Name));
        Assert.Equal("?labelSelector=app%20in%20%28a%2Cb%29&limit=500&continue=next%20one", api.Seen.ElementAt(1).Query);
    }

    private static async Task<List<string>> WatchAsync(ScriptedApi api, int changes, SteppingTime? time = null)
    {
        using var client = api.Client(time: time);
        var seen = new List<string>();
        await foreach (var change in client.Pods.WatchAsync("dify", "app=api", Cancellation))
        {
            seen.Add($"{change.Kind} {change.Item.Name}");
            if (seen.Count == changes)
                break;
        }

        return seen;
    }

    private static string Pod(string name, string version) =>
        $$"""{"metadata":{"name":"{{name}}","namespace":"dify","uid":"uid-{{name}}","resourceVersion":"{{version}}"},"spec":{"containers":[]},"status":{"phase":"Running"} }""";

    private static string List(string version, params string[] pods) =>
        $$"""{"kind":"PodList","metadata":{"resourceVersion":"{{version}}"},"items":[{{string.Join(',', pods)}}]}""";

    private static string Line(string type, string pod) => $$"""{"type":"{{type}}","object":{{pod}} }""";
}
