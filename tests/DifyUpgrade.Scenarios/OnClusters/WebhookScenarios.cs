using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>An admission webhook keeps the pods of an upgrade out.</summary>
public abstract class WebhookScenarios(TestCluster cluster) : FailingScenario(cluster)
{
    private const string PodsAreCreated = "{apiGroups: [\"\"], apiVersions: [v1], operations: [CREATE], resources: [pods]}";

    private string Name => $"asked.{Namespace}.example.com";

    [Fact]
    public Task One_that_does_not_answer() => WithWebhookAsync("https://127.0.0.1:1/", "", PodsAreCreated, () =>
        MustFailAsync("", $"The admission webhook {Name} does not answer"));

    [Fact]
    public async Task One_that_refuses_and_quotes_a_secret()
    {
        Assert.SkipUnless(Cluster is not RealKubernetes { IsOwn: false }, "the apiserver of another cluster cannot ask a webhook on this machine");
        await using var webhook = new DenyingWebhook($"images must be signed, and {Workspace.Canary}-postgres-password must not be the key");
        await WithWebhookAsync(webhook.Address, webhook.Authority, PodsAreCreated, async () =>
        {
            await MustFailAsync("", $"The admission webhook {Name} refuses: images must be signed, and *** must not be the key", "ask its owner: kubectl get validatingwebhookconfigurations");
            Assert.Equal(["admission-webhook"], await CausesAsync());
        });
    }
}
