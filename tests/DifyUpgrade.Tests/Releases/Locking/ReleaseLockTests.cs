using DifyUpgrade.Releases.Locking;
using DifyUpgrade.Tests.Cluster;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Tests.Releases.Locking;

/// <summary>The lock over a real wire, on a clock that the test moves.</summary>
public sealed class ReleaseLockTests
{
    private const string Leases = "/apis/coordination.k8s.io/v1/namespaces/dify/leases";
    private const string Lease = Leases + "/dify-upgrade.dify";

    // A refusal, since what may pass is asked again after a pause, which on this clock never ends.
    private static readonly string Gone = ScriptedApi.Status(403, "Forbidden", "the right was taken away");

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_lock_that_cannot_be_renewed_is_lost_before_another_run_may_take_it_and_the_run_stops_before_its_next_change()
    {
        await using var api = await ScriptedApi.StartAsync();
        var broken = false;
        Stored(api)
            .On("GET " + Lease, context => broken ? ScriptedApi.WriteAsync(context, 403, Gone) : ScriptedApi.WriteAsync(context, 200, Json("me")))
            .On("PUT " + Lease, 403, Gone);
        var access = TestRelease.Access(api, _clock);
        await using var held = await ReleaseLock.TakeAsync(access, "Upgrade", TestContext.Current.CancellationToken);
        access = access with { Lock = held };
        await access.BeginChangeAsync(TestContext.Current.CancellationToken);

        broken = true;
        _clock.Advance(ReleaseLock.Interval);
        await SeenAsync(api, "PUT", 1);

        // Not waited for a second renewal: the first one's refusal may arrive so late that there is none any more.
        _clock.Advance(ReleaseLock.Interval);
        Assert.True(_clock.GetUtcNow() - _clock.Start < ReleaseLock.Duration);
        var lost = await Assert.ThrowsAsync<DeploymentException>(() => access.BeginChangeAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ExitCode.DeploymentFailed, lost.ExitCode);
        Assert.Contains("The lock of the release was lost, so this run stops here: it could not be renewed", lost.Message, StringComparison.Ordinal);
        Assert.Contains("./build.sh Status", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_is_renewed_while_the_run_works_and_let_go_at_its_end()
    {
        await using var api = await ScriptedApi.StartAsync();
        Stored(api).On("PUT " + Lease, 200, Json("me"));
        var held = await ReleaseLock.TakeAsync(TestRelease.Access(api, _clock), "Upgrade", TestContext.Current.CancellationToken);
        _clock.Advance(ReleaseLock.Interval);
        await SeenAsync(api, "PUT", 1);
        await held.DisposeAsync();

        var writes = api.Seen.Where(request => request.Method is "POST" or "PUT").ToList();
        Assert.Equal(["POST", "PUT", "PUT"], writes.Select(request => request.Method));
        Assert.Contains("\"holderIdentity\":\"\"", writes[^1].Body, StringComparison.Ordinal);
        Assert.Contains("\"dify-upgrade/target\":\"Upgrade\"", writes[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_is_let_go_though_a_renewal_that_was_broken_off_had_been_stored()
    {
        await using var api = await ScriptedApi.StartAsync();
        Stored(api)
            .On("GET " + Lease, 200, Json("me"))
            .On("PUT " + Lease, 409, ScriptedApi.Status(409, "Conflict", "the object has been modified"))
            .On("PUT " + Lease, 200, Json(""));
        await (await ReleaseLock.TakeAsync(TestRelease.Access(api, _clock), "Upgrade", TestContext.Current.CancellationToken)).DisposeAsync();

        Assert.Equal(["GET", "POST", "PUT", "GET", "PUT"], api.Seen.Select(request => request.Method));
    }

    // Free at first, then this run's.
    private static ScriptedApi Stored(ScriptedApi api) => api
        .On("GET " + Lease, 404, ScriptedApi.NotFound("leases", "dify-upgrade.dify"))
        .On("POST " + Leases, 201, Json("me"));

    private static string Json(string holder) =>
        $$"""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"dify-upgrade.dify","namespace":"dify","resourceVersion":"1"},"spec":{"holderIdentity":"{{holder}}","leaseDurationSeconds":30} }""";

    private static async Task SeenAsync(ScriptedApi api, string method, int times)
    {
        while (api.Seen.Count(request => request.Method == method) < times)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
