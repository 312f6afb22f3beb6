using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

public sealed class LogTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    private const string Talks = "echo one; echo two; until test -e /tmp/go; do sleep 1; done; echo three; exit 1";

    [Fact]
    public async Task Following_shows_a_line_while_the_container_runs_and_ends_with_it()
    {
        var path = await TalkingPodAsync("Never");
        using var client = sandbox.Client();
        using var response = await client.GetAsync(new Uri($"{path}/log?follow=true&tailLines=1", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        Assert.Equal("two", await lines.ReadLineAsync(TestContext.Current.CancellationToken));
        await LetGoAsync(path);
        Assert.Equal("three\n", await lines.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal("one\ntwo\nthree\n", (await sandbox.GetAsync($"{path}/log")).MustBe(200).Text);
    }

    [Fact]
    public async Task The_instance_before_is_there_after_a_restart()
    {
        var path = await TalkingPodAsync("Always");
        (await sandbox.GetAsync($"{path}/log?previous=true")).MustBe(400, "BadRequest");
        await LetGoAsync(path);
        await ReadyPod.UntilAsync(sandbox, path, status => status.Number("restartCount") == 1 && status.At("state", "running") is not null);

        Assert.Equal("one\ntwo\nthree\n", (await sandbox.GetAsync($"{path}/log?previous=true")).MustBe(200).Text);
    }

    [Theory]
    [InlineData("tailLines=1", "two\n")]
    [InlineData("tailLines=0", "")]
    [InlineData("limitBytes=5", "one\nt")]
    [InlineData("sinceTime=2020-01-01T00:00:00Z", "one\ntwo\n")]
    [InlineData("sinceTime=2020-01-01T01:00:00.5%2B01:00", "one\ntwo\n")]
    [InlineData("sinceTime=2999-01-01T00:00:00Z", "")]
    [InlineData("sinceSeconds=3600", "one\ntwo\n")]
    [InlineData("follow=false&container=web", "one\ntwo\n")]
    [InlineData("follow=maybe&limitBytes=3", "one")]
    public async Task A_part_can_be_asked_for(string query, string expected) =>
        Assert.Equal(expected, (await sandbox.GetAsync($"{await TalkingPodAsync("Never")}/log?{query}")).MustBe(200).Text);

    [Fact]
    public async Task Each_line_has_its_time_where_that_is_wanted() =>
        Assert.Matches(@"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z (one|two)\n){2}$", (await sandbox.GetAsync($"{await TalkingPodAsync("Never")}/log?timestamps=true")).MustBe(200).Text);

    [Theory]
    [InlineData("tailLines=-1", 422, "PodLogOptions \"web\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("limitBytes=0&tailLines=-1", 422, "PodLogOptions \"web\" is invalid: [tailLines: Invalid value: -1: must be greater than or equal to 0, limitBytes: Invalid value: 0: must be greater than 0]")]
    [InlineData("sinceSeconds=0", 422, "PodLogOptions \"web\" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0")]
    [InlineData("sinceSeconds=5&sinceTime=2020-01-01T00:00:00Z", 422, "PodLogOptions \"web\" is invalid: []: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified")]
    [InlineData("sinceTime=bad", 400, "parsing time \"bad\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"bad\" as \"2006\"")]
    [InlineData("tailLines=", 400, "strconv.ParseInt: parsing \"\": invalid syntax")]
    [InlineData("limitBytes=few", 400, "strconv.ParseInt: parsing \"few\": invalid syntax")]
    [InlineData("container=nope", 400, "container nope is not valid for pod web")]
    public async Task A_part_that_makes_no_sense_is_refused_in_the_real_servers_words(string query, int code, string message) =>
        Assert.Equal(message, (await sandbox.GetAsync($"{await TalkingPodAsync("Never")}/log?{query}")).MustBe(code).Message);

    private async Task<string> TalkingPodAsync(string restartPolicy)
    {
        var pod = Samples.Pod("web");
        pod["spec"]!["restartPolicy"] = restartPolicy;
        pod["spec"]!["containers"]![0]!["command"] = new JsonArray("sh", "-c", Talks);
        return await ReadyPod.StartAsync(sandbox, pod);
    }

    // A pod that is not let go would talk, and be listened to, for ever.
    private async Task LetGoAsync(string path)
    {
        var (_, complaint, _) = await ExecSocketClient.RunAsync(sandbox, $"{path}/exec?stdout=true&stderr=true&command=touch&command=/tmp/go");
        Assert.Equal("", complaint);
    }
}
