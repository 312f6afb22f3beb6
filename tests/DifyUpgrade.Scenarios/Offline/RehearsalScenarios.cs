using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Offline;

/// <summary>The first command of the README, on a fresh clone: no cluster, no secrets, nothing prepared.</summary>
public sealed class RehearsalScenarios : IAsyncLifetime
{
    private readonly Workspace _workspace = new();

    public ValueTask InitializeAsync()
    {
        File.Move(_workspace.At("values-secrets.yaml"), _workspace.At("values-secrets.example.yaml"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("SandboxReset");
        _workspace.Dispose();
    }

    [Fact]
    public async Task Upgrade_and_Rollback_are_rehearsed_in_a_sandbox_that_stays()
    {
        (await RehearseAsync("Upgrade")).MustExitWith(0).MustSay(
            "values-secrets.yaml does not exist, so values-secrets.example.yaml stands in for it",
            "Revision 2 of dify is rolled out",
            "Proven: 5 mounted files in 5 pods are the prompt files").MustNotSay(Workspace.Canary);
        (await RehearseAsync("Rollback")).MustExitWith(0).MustSay("revision 1", "Proven: 5 mounted files in 5 pods");
        (await RehearseAsync("Upgrade")).MustExitWith(0).MustSay("Revision 4 of dify is rolled out");
        (await RunAsync("SandboxStatus")).MustExitWith(0).MustSay(_workspace.At(".nuke/temp/sandbox/kubeconfig"));
        (await RunAsync("SandboxDown")).MustExitWith(0);
        (await RehearseAsync("Status")).MustExitWith(0).MustSay("4");
    }

    private Task<Run> RehearseAsync(string target) => RunAsync(target, "--sandbox", "--sandbox-speed", "100");

    private Task<Run> RunAsync(params string[] arguments) => Run.OfAsync(_workspace.Build(arguments));
}
