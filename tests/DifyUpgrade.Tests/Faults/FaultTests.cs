using Xunit;

namespace DifyUpgrade.Tests.Faults;

public sealed class FaultsOfLookingTests(ITestOutputHelper output) : FaultSweep(output)
{
    [Fact]
    public async Task Whatever_call_fails_a_target_that_looks_ends_well_or_clearly()
    {
        using var bench = await FaultBench.StartAsync(Helm, Token);
        foreach (var target in (string[])["ValidateConfigMap", "VerifyMount", "Status", "DiffPrompts", "DryRun"])
        {
            var calls = await CallsAsync(bench, target);
            foreach (var kind in FaultKind.All)
                await SweepAsync(bench, target, kind, Shared(calls, kind), All ? 1000 : 3);
            await MustWorkAsync(bench, target);
        }

        Conclude(200);
    }
}

public sealed class FaultsOfChangingTests(ITestOutputHelper output) : FaultSweep(output)
{
    [Fact]
    public async Task Whatever_call_fails_a_target_that_changes_something_loses_nothing()
    {
        using var bench = await FaultBench.StartAsync(Helm, Token);
        foreach (var target in (string[])["RefreshPrompts", "Upgrade", "Rollback"])
        {
            var calls = await CallsAsync(bench, target);
            foreach (var (kind, number) in FaultKind.All.Select((kind, number) => (kind, number)))
            {
                // The calls of our own, most of which are asked again; then what helm writes, one call in eight for each kind.
                await SweepAsync(bench, target, kind, Shared([.. calls.Where(call => !call.IsHelm)], kind), All ? 1000 : 1);
                List<Call> written = [.. calls.Where(call => call is { IsHelm: true, IsWrite: true })];
                foreach (var call in All ? calls.Where(call => call.IsHelm) : written.Where((_, at) => at % FaultKind.All.Count == number))
                    await SweepAsync(bench, target, kind, [call], 1);
            }
        }

        Conclude(100);
    }
}

public sealed class FaultsOfHelmTests(ITestOutputHelper output) : FaultSweep(output)
{
    [Fact]
    public async Task A_silence_of_30_s_while_helm_writes_its_revision_down_is_waited_for_and_the_lock_is_kept_meanwhile()
    {
        using var bench = await FaultBench.StartAsync(Helm, Token);
        await SweepAsync(bench, "Upgrade", FaultKind.TrueSilence, [new Call(Call.Helm, "POST", "/api/v1/namespaces/dify/secrets", false)], 1);
        await MustWorkAsync(bench, "Upgrade", "a silence");
        Conclude(least: 1, mostFailed: 0);
    }
}
