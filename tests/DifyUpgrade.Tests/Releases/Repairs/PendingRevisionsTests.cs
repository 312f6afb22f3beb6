using System.Globalization;
using System.Text.Json;
using DifyUpgrade.Releases.Locking;
using DifyUpgrade.Releases.Repairs;
using DifyUpgrade.Tests.Cluster;
using DifyUpgrade.Tests.Helm;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Tests.Releases.Repairs;

/// <summary>Revision 2 is pending since noon; what the Lease tells decides whether somebody is at work on it.</summary>
public sealed class PendingRevisionsTests
{
    private const string Lease = "/apis/coordination.k8s.io/v1/namespaces/dify/leases/dify-upgrade.dify";

    private const string History = """[{"revision":1,"updated":"2026-01-01T11:00:00Z","status":"deployed","chart":"dify-0.1.0","app_version":"1","description":""},{"revision":2,"updated":"2026-01-01T12:00:00Z","status":"pending-upgrade","chart":"dify-0.1.0","app_version":"1","description":""}]""";

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task While_the_lock_is_held_somebody_is_at_work() =>
        await MustBeAtWorkAsync("Another run works on the release: alice@laptop/1", Noon.AddMinutes(1), Held("alice@laptop/1", Noon.AddSeconds(50), "elsewhere"));

    [Fact]
    public async Task What_a_run_elsewhere_began_may_go_on_until_the_timeout_of_that_run()
    {
        await MustBeAtWorkAsync("a helm elsewhere may be at work until 2026-01-01 12:05:00Z (5m0s after it began)", Noon.AddMinutes(4), Held("alice@laptop/1", Noon.AddSeconds(5), "elsewhere"));
        await MustBeAbandonedAsync("older than its timeout of 5m0s", Noon.AddMinutes(6), Held("alice@laptop/1", Noon.AddSeconds(5), "elsewhere"));
    }

    [Fact]
    public async Task What_nobody_knows_may_go_on_until_this_runs_own_timeout()
    {
        await MustBeAtWorkAsync("until 2026-01-01 12:10:00Z", Noon.AddMinutes(9), null);
        await MustBeAbandonedAsync("older than its timeout of 10m0s", Noon.AddMinutes(11), null);
    }

    [Fact]
    public async Task What_a_run_began_that_ended_in_order_is_abandoned() =>
        await MustBeAbandonedAsync("the run that began it ended at 2026-01-01 12:00:05Z, and helm had been killed", Noon.AddSeconds(10), Held("", Noon.AddSeconds(5), "elsewhere"));

    [Fact]
    public async Task What_a_run_began_that_died_on_this_machine_is_abandoned_where_no_helm_lives() =>
        await MustBeAbandonedAsync("died on this machine, and its helm with it", Noon.AddMinutes(1), Held("bob@here/1", Noon.AddSeconds(5), MachineIdentity.Here));

    private static async Task MustBeAtWorkAsync(string says, DateTimeOffset now, string? lease)
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => SettleAsync(now, lease));
        Assert.Equal(ExitCode.NothingChanged, failure.ExitCode);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Contains("revision 2 of dify in namespace dify, pending-upgrade since", failure.Message, StringComparison.Ordinal);
        Assert.Contains("./build.sh Upgrade --wait-for-lock 5m", failure.Message, StringComparison.Ordinal);
    }

    private static async Task MustBeAbandonedAsync(string why, DateTimeOffset now, string? lease)
    {
        var abandoned = await SettleAsync(now, lease);
        Assert.Contains(why, abandoned?.Why ?? "not abandoned", StringComparison.Ordinal);
    }

    private static async Task<PendingVerdict?> SettleAsync(DateTimeOffset now, string? lease)
    {
        using var helm = FakeTool.Helm($"cat <<'EOF'\n{History}\nEOF\n");
        await using var api = await ScriptedApi.StartAsync();
        _ = lease is null ? api.On("GET " + Lease, 404, ScriptedApi.NotFound("leases", "dify-upgrade.dify")) : api.On("GET " + Lease, 200, lease);
        var access = TestRelease.Access(api, new FakeTimeProvider(now), helm.Path);
        return (await new PendingRevisions(access).SettleAsync("Upgrade", TestContext.Current.CancellationToken)).Abandoned;
    }

    private static string Held(string holder, DateTimeOffset renewed, string machine) => JsonSerializer.Serialize(new
    {
        apiVersion = "coordination.k8s.io/v1",
        kind = "Lease",
        metadata = new
        {
            name = "dify-upgrade.dify",
            @namespace = "dify",
            resourceVersion = "1",
            annotations = new Dictionary<string, string> { [LockHolder.MachineAnnotation] = machine, [LockHolder.TimeoutAnnotation] = "300" },
        },
        spec = new { holderIdentity = holder, leaseDurationSeconds = 30, acquireTime = Micro(Noon.AddSeconds(-5)), renewTime = Micro(renewed) },
    });

    private static string Micro(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
