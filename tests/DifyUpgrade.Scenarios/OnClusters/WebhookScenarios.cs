using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>An admission webhook keeps the pods of an upgrade out.</summary>
public abstract class WebhookScenarios(TestCluster cluster) : FailingScenario(cluster)
{
    private string Name => $"pods.{Namespace}.example.com";

    [Fact]
    public Task One_that_does_not_answer() => WithAsync("https://127.0.0.1:1/", "", () =>
        MustFailAsync("", $"The admission webhook {Name} does not answer"));

    [Fact]
    public async Task One_that_refuses_and_quotes_a_secret()
    {
        Assert.SkipUnless(Cluster is not RealKubernetes { IsOwn: false }, "the apiserver of another cluster cannot ask a webhook on this machine");
        await using var webhook = new DenyingWebhook($"images must be signed, and {Workspace.Canary}-postgres-password must not be the key");
        await WithAsync(webhook.Address, webhook.Authority, async () =>
        {
            await MustFailAsync("", $"The admission webhook {Name} refuses: images must be signed, and *** must not be the key", "ask its owner: kubectl get validatingwebhookconfigurations");
            Assert.Equal(["admission-webhook"], await CausesAsync());
        });
    }

    private async Task WithAsync(string address, string authority, Func<Task> work)
    {
        (await KubectlAsync("label", "namespace", Namespace, "scenario=" + Namespace)).MustExitWith(0);
        Workspace.Write("webhook.yaml", $$"""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: {{Namespace}}}
            webhooks:
              - name: {{Name}}
                admissionReviewVersions: [v1]
                sideEffects: None
                failurePolicy: Fail
                timeoutSeconds: 2
                namespaceSelector: {matchLabels: {scenario: "{{Namespace}}"} }
                clientConfig: {url: "{{address}}", caBundle: "{{authority}}"}
                rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
            """);
        (await KubectlAsync("apply", "-f", Workspace.At("webhook.yaml"))).MustExitWith(0);
        try
        {
            await work();
        }
        finally
        {
            await KubectlAsync("delete", "validatingwebhookconfiguration", Namespace);
        }
    }
}
