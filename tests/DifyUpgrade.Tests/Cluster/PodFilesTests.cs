using System.Net.WebSockets;
using System.Text;
using DifyUpgrade.Cluster;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class PodFilesTests
{
    private const string PodPath = "/api/v1/namespaces/dify/pods/api-0";
    private const string Id = "0b1e5a52-6f3c-4d11-9f0e-2b7a3c1d4e5f\n";
    private const string Mounts = "1 0 0:1 / / rw - overlay overlay rw\n2 1 0:2 /x /app/prompts.py ro - ext4 /dev/vda rw\n";
    private const string Success = """{"metadata":{},"status":"Success"}""";
    private const string ExitedWith = """{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"@"}]}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_files_of_a_container_come_over_one_exec()
    {
        await using var api = await ScriptedApi.StartAsync();
        OnExec(api, [(1, $"{Id}A = 1\n{Id}"), (1, $"B{Id}{Mounts}"), (1, Id), (3, Success)]);

        var files = Assert.IsType<PodFilesRead>(await ReadAsync(api)).Files;
        Assert.Equal(["/app/prompts.py", "/app/other.py"], files.Select(file => file.Path));
        Assert.Equal((PodFileState.Read, 6L, "A = 1\n"), (files[0].State, files[0].Length, Encoding.UTF8.GetString(files[0].Content!.Value.Span)));
        Assert.Equal(new FileMount("/app/prompts.py", true, true), files[0].Mount);
        Assert.Equal(new FileMount("/", false, false), files[1].Mount);
        Assert.Equal("df7e70e5021544f4834bbee64a9e3789febc4be81470df629cad6ddb03320a5c", files[1].Sha256);
        Assert.Equal(
            "?command=cat&command=%2Fproc%2Fsys%2Fkernel%2Frandom%2Fboot_id&command=%2Fapp%2Fprompts.py&command=%2Fproc%2Fsys%2Fkernel%2Frandom%2Fboot_id"
            + "&command=%2Fapp%2Fother.py&command=%2Fproc%2Fsys%2Fkernel%2Frandom%2Fboot_id&command=%2Fproc%2Fself%2Fmountinfo"
            + "&command=%2Fproc%2Fsys%2Fkernel%2Frandom%2Fboot_id&container=api&stdout=1&stderr=1",
            api.Seen.First().Query);
    }

    [Fact]
    public async Task A_missing_file_is_told_apart_from_an_empty_one()
    {
        await using var api = await ScriptedApi.StartAsync();
        OnExec(api, [(2, "cat: /app/other.py: No such file or directory\n"), (1, $"{Id}{Id}{Id}{Mounts}{Id}"), (3, Exited(1))]);

        var files = Assert.IsType<PodFilesRead>(await ReadAsync(api)).Files;
        Assert.Equal((PodFileState.Read, 0L), (files[0].State, files[0].Length));
        Assert.NotNull(files[0].Sha256);
        Assert.Equal((PodFileState.Missing, null), (files[1].State, files[1].Sha256));
    }

    [Fact]
    public async Task Stderr_of_a_cat_that_succeeded_means_nothing()
    {
        await using var api = await ScriptedApi.StartAsync();
        OnExec(api, [(2, "cat: warning\n"), (1, $"{Id}a{Id}b{Id}{Mounts}{Id}"), (3, Success)]);
        Assert.IsType<PodFilesRead>(await ReadAsync(api));
    }

    [Fact]
    public async Task A_connection_cut_before_the_status_is_no_short_file()
    {
        await using var api = await ScriptedApi.StartAsync();
        OnExec(api, [(1, $"{Id}a{Id}b{Id}{Mounts}{Id}")]).On($"GET {PodPath}", 200, Pod());
        Assert.Equal(NotCheckedReason.Interrupted, Assert.IsType<PodFilesNotChecked>(await ReadAsync(api)).Reason);
    }

    [Fact]
    public async Task A_status_without_all_the_output_is_no_short_file()
    {
        await using var api = await ScriptedApi.StartAsync();
        OnExec(api, [(1, $"{Id}a{Id}b"), (3, Success)]);
        Assert.Equal(NotCheckedReason.Ambiguous, Assert.IsType<PodFilesNotChecked>(await ReadAsync(api)).Reason);
    }

    [Theory]
    [InlineData("""{"status":"Failure","reason":"InternalError","message":"OCI runtime exec failed: exec: \"cat\": executable file not found in $PATH: unknown"}""", NotCheckedReason.NoCat)]
    [InlineData("""{"status":"Failure","reason":"InternalError","message":"failed to exec in container: container is in CONTAINER_EXITED state"}""", NotCheckedReason.ContainerNotRunning)]
    [InlineData("@127", NotCheckedReason.NoCat)]
    [InlineData("@137", NotCheckedReason.Interrupted)]
    [InlineData("@1", NotCheckedReason.NoSeparator)]
    public async Task What_kept_cat_from_running_is_told(string status, object reason)
    {
        await using var api = await ScriptedApi.StartAsync();
        OnExec(api, [(3, status[0] == '@' ? ExitedWith.Replace("@", status[1..], StringComparison.Ordinal) : status)]).On($"GET {PodPath}", 200, Pod());
        Assert.Equal(reason, Assert.IsType<PodFilesNotChecked>(await ReadAsync(api)).Reason);
    }

    [Theory]
    [InlineData(403, "pods \"api-0\" is forbidden", NotCheckedReason.ExecForbidden)]
    [InlineData(500, "unable to upgrade connection: container not found (\"api\")", NotCheckedReason.ContainerNotRunning)]
    [InlineData(500, "error dialing backend: dial tcp 10.0.0.1:10250: i/o timeout", NotCheckedReason.NodeUnreachable)]
    [InlineData(502, "Bad Gateway", NotCheckedReason.NodeUnreachable)]
    public async Task A_refused_exec_tells_its_reason(int status, string message, object reason)
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {PodPath}/exec", status, ScriptedApi.Status(status, "x", message)).On($"GET {PodPath}", 200, Pod());
        Assert.Equal(reason, Assert.IsType<PodFilesNotChecked>(await ReadAsync(api)).Reason);
    }

    [Fact]
    public async Task A_crashing_container_says_why()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {PodPath}/exec", 404, "container not found (\"api\")")
            .On($"GET {PodPath}", 200, Pod(state: """{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 10s"}}"""));
        Assert.Equal(
            new PodFilesNotChecked(NotCheckedReason.ContainerNotRunning, "Waiting: CrashLoopBackOff back-off 10s"), await ReadAsync(api));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pod_that_is_gone_or_going_is_gone(bool terminating)
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {PodPath}/exec", 404, ScriptedApi.NotFound("pods", "api-0"));
        if (terminating)
            api.On($"GET {PodPath}", 200, Pod(metadata: ",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\""));
        else
            api.On($"GET {PodPath}", 404, ScriptedApi.NotFound("pods", "api-0"));
        Assert.Equal(new PodGone(terminating ? "pod/api-0 is terminating" : "pod/api-0 is no longer there"), await ReadAsync(api));
    }

    [Fact]
    public async Task A_successor_of_the_same_name_is_not_taken_for_the_pod()
    {
        await using var api = await ScriptedApi.StartAsync();
        OnExec(api, [(1, $"{Id}a{Id}b{Id}{Mounts}{Id}"), (3, Success)]).On($"GET {PodPath}", 200, Pod());
        Assert.Equal(new PodGone("pod/api-0 was replaced by another of the same name"), await ReadAsync(api, "uid-before"));
    }

    [Fact]
    public async Task An_answer_that_is_no_WebSocket_is_a_failure()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {PodPath}/exec", 200, "<html>proxy</html>");
        await Assert.ThrowsAsync<ClusterException>(() => ReadAsync(api));
    }

    private static string Exited(int code) => ExitedWith.Replace("@", $"{code}", StringComparison.Ordinal);

    private static async Task<PodFilesResult> ReadAsync(ScriptedApi api, string? uid = null)
    {
        using var client = api.Client();
        return await client.PodFiles.ReadAsync(
            new() { Container = new("dify", "api-0", "api"), PodUid = uid, Paths = ["/app/prompts.py", "/app/other.py"], KeepContent = true }, Cancellation);
    }

    // As kubelet: an empty message on each channel first, then the output, then the status; here cut into small frames.
    private static ScriptedApi OnExec(ScriptedApi api, (byte Channel, string Text)[] messages) => api.On($"GET {PodPath}/exec", async context =>
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync("v4.channel.k8s.io");
        foreach (var (channel, text) in messages.Prepend(((byte)2, "")).Prepend(((byte)1, "")))
        {
            byte[] frame = [channel, .. Encoding.UTF8.GetBytes(text)];
            var half = frame.Length / 2;
            await socket.SendAsync(frame.AsMemory(0, half), WebSocketMessageType.Binary, endOfMessage: false, api.Closing);
            await socket.SendAsync(frame.AsMemory(half), WebSocketMessageType.Binary, endOfMessage: true, api.Closing);
        }

        if (messages[^1].Channel == 3)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, api.Closing);
        else
            context.Abort();
    });

    private static string Pod(string metadata = "", string state = """{"running":{}}""") => $$"""
        {"metadata":{"name":"api-0","namespace":"dify","uid":"uid-now"{{metadata}} },"spec":{"containers":[{"name":"api","image":"i"}]},
         "status":{"phase":"Running","containerStatuses":[{"name":"api","state":{{state}} }]} }
        """;
}
