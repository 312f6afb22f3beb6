using System.Net.WebSockets;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

public sealed class ExecTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Theory]
    [InlineData(ExecSocketClient.Version4)]
    [InlineData(ExecSocketClient.Version5)]
    public async Task What_a_command_writes_comes_on_its_channels_and_the_end_on_the_third(string protocol)
    {
        var path = await RunningPodAsync();

        var (output, _, status) = await ExecAsync($"{path}/exec?stdout=true&stderr=true&command=cat&command=/etc/hostname", protocol);
        Assert.Equal(("web\n", "Success"), (output, status.Text("status")));
        var (_, complaint, failure) = await ExecAsync($"{path}/exec?stdout=true&stderr=true&command=cat&command=/nope", protocol);
        Assert.Contains("No such file or directory", complaint);
        Assert.Equal(("NonZeroExitCode", "1"), (failure.Text("reason"), failure.Items("details", "causes").Single().Text("message")));
    }

    [Fact]
    public async Task Version_five_ends_the_commands_input_without_ending_the_connection()
    {
        var path = await RunningPodAsync();
        using var socket = await ExecSocketClient.ConnectAsync(sandbox, $"{path}/exec?stdin=true&stdout=true&command=cat", ExecSocketClient.Version5);
        await ExecSocketClient.SendAsync(socket, [0, .. "one "u8]);
        await ExecSocketClient.SendAsync(socket, [0, .. "two"u8]);
        await ExecSocketClient.SendAsync(socket, [255, 0]);

        var (output, _, status) = await ExecSocketClient.ReadAsync(socket);
        Assert.Equal(("one two", "Success"), (output, status.Text("status")));
    }

    [Fact]
    public async Task A_cut_leaves_no_status()
    {
        var path = await RunningPodAsync();
        sandbox.Faults.Add(new FaultRule(FaultKind.ExecCut) { Path = path + "/exec", Times = 1 });

        await Assert.ThrowsAsync<WebSocketException>(() => ExecAsync($"{path}/exec?stdout=true&command=cat&command=/etc/hostname", ExecSocketClient.Version5));
        Assert.Equal("web\n", (await ExecAsync($"{path}/exec?stdout=true&command=cat&command=/etc/hostname", ExecSocketClient.Version5)).Output);
    }

    [Fact]
    public async Task What_cannot_be_run_is_said_before_the_connection_is_taken_over()
    {
        var path = await RunningPodAsync();

        (await sandbox.GetAsync($"{path}/exec?stdout=true&command=id")).MustBe(400, "BadRequest");
        (await sandbox.GetAsync($"{path}/exec?stdout=true")).MustBe(400, "BadRequest");
        (await sandbox.GetAsync($"{path}/exec?container=nope&stdout=true&command=id")).MustBe(400, "BadRequest");
        (await sandbox.GetAsync($"{path}-2/exec?stdout=true&command=id")).MustBe(404, "NotFound");
        Assert.Contains("port-forward is not possible in the sandbox", (await sandbox.PostAsync($"{path}/portforward", new JsonObject())).MustBe(400).Message);
    }

    [Fact]
    public async Task A_log_is_a_text()
    {
        var path = await RunningPodAsync();

        // It waits for the first byte, and ends with it.
        Assert.Single((await sandbox.GetAsync($"{path}/log?follow=true&limitBytes=1")).MustBe(200).Text);
        Assert.Single((await sandbox.GetAsync($"{path}/log?tailLines=1&timestamps=true")).MustBe(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        (await sandbox.GetAsync($"{path}/log?tailLines=few")).MustBe(400, "BadRequest");
        (await sandbox.GetAsync($"{path}/log?previous=true")).MustBe(400, "BadRequest");
    }

    private Task<(string Output, string Error, JsonNode? Status)> ExecAsync(string path, string protocol) => ExecSocketClient.RunAsync(sandbox, path, protocol);

    private Task<string> RunningPodAsync() => ReadyPod.StartAsync(sandbox, Samples.Pod("web"));
}
