using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

public sealed class WatchTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Fact]
    public async Task Without_a_version_it_begins_with_what_there_is()
    {
        var path = await OneAsync();
        await using var watch = await OpenWatch.StartAsync(sandbox, path + "?watch=true");

        Assert.Equal("ADDED one", await watch.NextAsync());
        (await sandbox.PostAsync(path, Samples.Secret("two"))).MustBe(201);
        Assert.Equal("ADDED two", await watch.NextAsync());
        (await sandbox.PatchAsync(path + "/two", JsonNode.Parse("""{"data":{"key":"b3RoZXI="}}""")!)).MustBe(200);
        Assert.Equal("MODIFIED two", await watch.NextAsync());
        (await sandbox.DeleteAsync(path + "/one")).MustBe(200);
        Assert.Equal("DELETED one", await watch.NextAsync());
    }

    [Fact]
    public async Task From_a_version_on_nothing_is_missed_and_nothing_repeated()
    {
        var path = await OneAsync();
        var version = (await sandbox.GetAsync(path)).Json.Text("metadata", "resourceVersion");
        (await sandbox.PostAsync(path, Samples.Secret("two"))).MustBe(201);
        await using var watch = await OpenWatch.StartAsync(sandbox, $"{path}?watch=true&resourceVersion={version}");

        Assert.Equal("ADDED two", await watch.NextAsync());
        (await sandbox.PostAsync(path, Samples.Secret("three"))).MustBe(201);
        Assert.Equal("ADDED three", await watch.NextAsync());
    }

    [Fact]
    public async Task What_begins_or_ceases_to_match_comes_and_goes()
    {
        var path = await OneAsync();
        await using var watch = await OpenWatch.StartAsync(sandbox, path + "?watch=true&labelSelector=chosen=yes");
        (await sandbox.PatchAsync(path + "/one", JsonNode.Parse("""{"metadata":{"labels":{"chosen":"yes"}}}""")!)).MustBe(200);
        Assert.Equal("ADDED one", await watch.NextAsync());
        var ceased = (await sandbox.PatchAsync(path + "/one", JsonNode.Parse("""{"metadata":{"labels":{"chosen":"no"}}}""")!)).MustBe(200);

        Assert.Equal("DELETED one", await watch.NextAsync());
        Assert.Equal(("yes", ceased.Json.Text("metadata", "resourceVersion")), (watch.Object.Text("metadata", "labels", "chosen"), watch.Object.Text("metadata", "resourceVersion")));
    }

    [Fact]
    public async Task A_forgotten_version_is_an_error_event()
    {
        var path = await OneAsync();
        var version = (await sandbox.GetAsync(path)).Json.Text("metadata", "resourceVersion");
        (await sandbox.PostAsync(path, Samples.Secret("two"))).MustBe(201);
        (await sandbox.PostAsync("/sandbox/compact", new JsonObject())).MustBe(200);
        await using var watch = await OpenWatch.StartAsync(sandbox, $"{path}?watch=true&resourceVersion={version}");

        Assert.StartsWith("ERROR", await watch.NextAsync());
        Assert.Equal((410, "Expired"), (watch.Object.Number("code"), watch.Object.Text("reason")));
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task Initial_events_end_with_a_bookmark_that_says_so()
    {
        var path = await OneAsync();
        const string Query = "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
        await using var watch = await OpenWatch.StartAsync(sandbox, path + Query);

        Assert.Equal("ADDED one", await watch.NextAsync());
        Assert.StartsWith("BOOKMARK", await watch.NextAsync());
        Assert.Equal("true", watch.Object.Text("metadata", "annotations", "k8s.io/initial-events-end"));
        (await sandbox.GetAsync(path + "?watch=true&sendInitialEvents=true")).MustBe(422, "Invalid");
    }

    [Fact]
    public async Task It_ends_when_the_time_is_up()
    {
        await using var watch = await OpenWatch.StartAsync(sandbox, await OneAsync() + "?watch=true&timeoutSeconds=1");

        Assert.Equal("ADDED one", await watch.NextAsync());
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task A_watch_of_tables_says_the_columns_once()
    {
        var path = await OneAsync();
        await using var watch = await OpenWatch.StartAsync(sandbox, path + "?watch=true", "application/json;as=Table;v=v1;g=meta.k8s.io");
        await watch.NextAsync();
        Assert.Equal("Table", watch.Object.Text("kind"));
        Assert.Equal(4, watch.Object.Items("columnDefinitions").Count());
        (await sandbox.PostAsync(path, Samples.Secret("two"))).MustBe(201);
        await watch.NextAsync();

        Assert.Empty(watch.Object.Items("columnDefinitions"));
        Assert.Equal("two", watch.Object.Items("rows").Single()["cells"]![0]!.ToString());
    }

    [Fact]
    public async Task A_cut_leaves_the_events_before_it()
    {
        var path = await OneAsync();
        sandbox.Faults.Add(new FaultRule(FaultKind.WatchCut) { Path = path, AfterEvents = 1, Times = 1 });
        await using var watch = await OpenWatch.StartAsync(sandbox, path + "?watch=true");

        Assert.Equal("ADDED one", await watch.NextAsync());
        await Assert.ThrowsAnyAsync<IOException>(watch.NextAsync);
        await using var second = await OpenWatch.StartAsync(sandbox, path + "?watch=true");
        Assert.Equal("ADDED one", await second.NextAsync());
    }

    private async Task<string> OneAsync()
    {
        var path = $"/api/v1/namespaces/{await sandbox.NewNamespaceAsync()}/secrets";
        (await sandbox.PostAsync(path, Samples.Secret("one"))).MustBe(201);
        return path;
    }
}
