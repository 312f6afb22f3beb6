using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Tests.Faults;

/// <summary>
/// Lets the calls of every target fail once in every way. Each run ends in success or in one clear error, and the run after it works.
/// A target's calls are recorded first; those that a run survives fail together, those that end it fail one after the other.
/// <c>DIFY_UPGRADE_ALL_FAULTS=1</c> goes on until every call of every target has failed in every way; without it the number of
/// runs is bounded.
/// </summary>
/// <param name="output">Receives the counts.</param>
public abstract class FaultSweep(ITestOutputHelper output)
{
    /// <summary>Whether every call of every target is to fail in every way.</summary>
    protected static readonly bool All = Environment.GetEnvironmentVariable("DIFY_UPGRADE_ALL_FAULTS") == "1";

    private readonly List<string> _problems = [];
    private int _injected;
    private int _failed;

    /// <summary>The helm to use; the real one.</summary>
    private protected static string Helm
    {
        get
        {
            var helm = Environment.GetEnvironmentVariable("HELM");
            Assert.SkipWhen(string.IsNullOrEmpty(helm), "HELM names no helm: ./build.sh Test sets it");
            return helm!;
        }
    }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    // Silence costs real time, so without ALL only every third call falls silent.
    private protected static List<Call> Shared(IReadOnlyList<Call> calls, FaultKind kind) =>
        [.. calls.Where((_, at) => All || kind.Name != "silence" || at % 3 == 0)];

    private protected async Task<IReadOnlyList<Call>> CallsAsync(FaultBench bench, string target)
    {
        await bench.Sandbox.TakeCallsAsync(Token);
        var failure = await bench.RunAsync(target, Token);
        Assert.True(failure is null, $"{target} fails without a fault: {failure?.Message}");
        var calls = await bench.Sandbox.TakeCallsAsync(Token);
        output.WriteLine($"{target}: {calls.Count} calls, {calls.Count(call => call.IsHelm)} of them helm's");
        return calls;
    }

    private protected async Task SweepAsync(FaultBench bench, string target, FaultKind kind, List<Call> calls, int runs)
    {
        var pending = calls;
        for (var run = 0; run < runs && pending.Count > 0; run++)
        {
            foreach (var call in pending)
                await bench.Sandbox.ScriptAsync(kind.On(call), Token);
            var failure = await RunAsync(bench, target, kind, pending);
            var left = await bench.Sandbox.ClearAsync(Token);
            List<Call> happened = [.. pending.Where(call => !left.Contains(call))];
            pending = [.. pending.Where(left.Contains)];
            _injected += happened.Count;
            var fault = $"{target}, {kind} on {string.Join(" and ", happened)}";
            if (failure is not null)
                await JudgeAsync(bench, target, fault, failure);
            else if (target is "Upgrade" or "Rollback" && await NewestStatusAsync(bench) is var status and not "deployed")
                _problems.Add($"{fault}: the run ended well, but the newest revision is {status}");
            if (happened.Count == 0)
                break;
        }
    }

    private async Task<DeploymentException?> RunAsync(FaultBench bench, string target, FaultKind kind, List<Call> pending)
    {
        try
        {
            return await bench.RunAsync(target, Token);
        }
        catch (Exception surprise) when (surprise is not OperationCanceledException)
        {
            _problems.Add($"{target}, {kind} on one of {pending.Count} calls is a surprise: {surprise}");
            return null;
        }
    }

    // One clear error: what was seen, where, what to type next. And then everything goes on.
    private async Task JudgeAsync(FaultBench bench, string target, string fault, DeploymentException failure)
    {
        _failed++;
        if (failure.Findings.Count == 0 || failure.Findings.Any(finding => finding.Seen.Length == 0 || finding.Where.Length == 0 || finding.Remedy.Length == 0))
            _problems.Add($"{fault}: the error is not clear: {failure.Message}");
        if (target is "Upgrade" or "Rollback" or "RefreshPrompts")
            await MustWorkAsync(bench, target, fault + ": " + failure.Message);
    }

    private protected async Task MustWorkAsync(FaultBench bench, string target, string after = "")
    {
        var failure = await bench.RunAsync(target, Token);

        // helm that could not write down how it ended leaves the revision pending, and a rollback is what the error names for it.
        if (failure is not null && failure.Message.Contains("pending-", StringComparison.Ordinal))
            failure = await bench.RunAsync("Rollback", Token) ?? await bench.RunAsync(target, Token);
        if (failure is not null)
            _problems.Add($"after {after}: {target} does not work any more: {failure.Message}");
        var lease = await bench.Sandbox.ReadAsync("/apis/coordination.k8s.io/v1/namespaces/dify/leases/dify-upgrade.dify", Token);
        if (lease?["spec"]?["holderIdentity"] is JsonValue holder && holder.ToString().Length > 0)
            _problems.Add($"after {after}: the lock is still held by {holder}");
    }

    private static async Task<string?> NewestStatusAsync(FaultBench bench)
    {
        var revisions = await bench.Sandbox.ReadAsync("/api/v1/namespaces/dify/secrets?labelSelector=owner%3Dhelm", Token);
        return revisions!["items"]!.AsArray().Select(revision => revision!["metadata"]!["labels"]!).MaxBy(labels => int.Parse(labels["version"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture))?["status"]?.ToString();
    }

    private protected void Conclude(int least, int mostFailed = int.MaxValue)
    {
        output.WriteLine($"{_injected} faults injected; {_failed} of the runs ended in an error, and the run after each of them worked");
        Assert.True(_problems.Count == 0, $"{_problems.Count} problems:\n{string.Join("\n\n", _problems)}");
        Assert.InRange(_injected, least, int.MaxValue);
        Assert.InRange(_failed, 0, mostFailed);
    }
}
