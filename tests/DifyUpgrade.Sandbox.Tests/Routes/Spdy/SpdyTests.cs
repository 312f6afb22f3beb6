using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes.Spdy;

public sealed class SpdyTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Fact]
    public async Task What_a_command_writes_comes_on_its_streams_and_the_end_on_that_for_errors()
    {
        await using var connection = await SpdyConnection.OpenAsync(sandbox, $"{await PodAsync()}/exec?stdout=true&stderr=true&command=cat&command=/etc/hostname&command=/nope", "v4.channel.k8s.io, v3.channel.k8s.io");
        Assert.StartsWith("HTTP/1.1 101 ", connection.Head, StringComparison.Ordinal);
        Assert.Contains("X-Stream-Protocol-Version: v4.channel.k8s.io", connection.Head, StringComparison.Ordinal);
        var (error, output, complaints) = (await connection.StreamAsync("error"), await connection.StreamAsync("stdout"), await connection.StreamAsync("stderr"));

        var said = await connection.ReadAsync(error, output, complaints);
        Assert.Equal("web\n", said[output]);
        Assert.Contains("No such file or directory", said[complaints], StringComparison.Ordinal);
        Assert.Equal("NonZeroExitCode", JsonNode.Parse(said[error]).Text("reason"));
    }

    [Fact]
    public async Task The_end_of_the_input_is_not_the_end_of_the_connection()
    {
        await using var connection = await SpdyConnection.OpenAsync(sandbox, $"{await PodAsync()}/exec?stdin=true&stdout=true&command=cat");
        var (error, input, output) = (await connection.StreamAsync("error"), await connection.StreamAsync("stdin"), await connection.StreamAsync("stdout"));
        await connection.DataAsync(input, "one ");
        await connection.DataAsync(input, "two", isLast: true);

        var said = await connection.ReadAsync(error, output);
        Assert.Equal(("one two", "Success"), (said[output], JsonNode.Parse(said[error]).Text("status")));
    }

    [Fact]
    public async Task A_ping_comes_back_and_frames_without_a_meaning_are_passed_over()
    {
        await using var connection = await SpdyConnection.OpenAsync(sandbox, $"{await PodAsync()}/exec?stdin=true&stdout=true&command=cat");
        var (error, input, output) = (await connection.StreamAsync("error"), await connection.StreamAsync("stdin"), await connection.StreamAsync("stdout"));
        await connection.ControlAsync(4, SpdyConnection.Number(0));
        await connection.ControlAsync(9, [.. SpdyConnection.Number(1), .. SpdyConnection.Number(1000)]);
        await connection.ControlAsync(77, [1, 2, 3]);
        await connection.DataAsync(99, "to nobody");
        await connection.ControlAsync(6, SpdyConnection.Number(7));
        var (type, _, _, body) = await connection.FrameAsync();
        Assert.Equal((6, "00000007"), (type, Convert.ToHexString(body)));

        await connection.DataAsync(input, "still here", isLast: true);
        Assert.Equal("still here", (await connection.ReadAsync(error, output))[output]);
    }

    [Fact]
    public async Task A_cut_leaves_no_status()
    {
        var path = await PodAsync();
        sandbox.Faults.Add(new FaultRule(FaultKind.ExecCut) { Path = path + "/exec", Times = 1 });
        await using var connection = await SpdyConnection.OpenAsync(sandbox, $"{path}/exec?stdout=true&command=cat&command=/etc/hostname");
        var (error, output) = (await connection.StreamAsync("error"), await connection.StreamAsync("stdout"));
        await Assert.ThrowsAnyAsync<IOException>(() => connection.ReadAsync(error, output));
    }

    [Theory]
    [InlineData("stdout=true&command=cat", "channel.k8s.io", 403)]
    [InlineData("command=cat", "v4.channel.k8s.io", 400)]
    [InlineData("stdout=true", "v4.channel.k8s.io", 400)]
    public async Task What_cannot_be_is_refused_before_the_connection_is_taken_over(string query, string protocols, int code)
    {
        await using var connection = await SpdyConnection.OpenAsync(sandbox, $"{await PodAsync()}/exec?{query}", protocols);
        Assert.StartsWith($"HTTP/1.1 {code} ", connection.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_SPDY_end_no_more_than_their_connection()
    {
        var path = await PodAsync();
        var random = new Random(5);
        foreach (var head in new byte[][] { [], [0x80, 3, 0, 1, 0, 0, 0, 200], [0x80, 3, 0, 1, 0, 0, 0, 3, 0, 0, 0], [0, 0, 0, 1, 0, 0xFF, 0xFF, 0xFF], [0x80, 3, 0, 3, 0, 0, 0, 0], [0x80, 3, 0, 6, 0, 0, 0, 0] })
        {
            await using var connection = await SpdyConnection.OpenAsync(sandbox, $"{path}/exec?stdin=true&stdout=true&command=cat");
            var junk = new byte[1000];
            random.NextBytes(junk);
            await connection.Raw.WriteAsync((byte[])[.. head, .. junk], TestContext.Current.CancellationToken);
        }

        (await sandbox.GetAsync("/readyz")).MustBe(200);
        Assert.Equal("web\n", (await ExecSocketClient.RunAsync(sandbox, $"{path}/exec?stdout=true&command=cat&command=/etc/hostname")).Output);
    }

    private Task<string> PodAsync() => ReadyPod.StartAsync(sandbox, Samples.Pod("web"));
}
