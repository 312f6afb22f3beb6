using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

/// <summary>Limit ranges and admission webhooks: what changes or refuses a pod before it is there.</summary>
public sealed class AdmissionTests : IDisposable
{
    private readonly TestCluster _cluster = new(nodes: 1);

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_limit_range_gives_a_container_what_it_does_not_say()
    {
        _cluster.Create(ResourceTypes.LimitRanges, """{"metadata":{"name":"usual"},"spec":{"limits":[{"type":"Container","default":{"memory":"1Gi"},"defaultRequest":{"cpu":"100m","memory":"256Mi"}}]}}""");
        var pod = Pod("""{"limits":{"cpu":"2"}}""");
        new Admission(_cluster.Store).Admit(ResourceTypes.Pods, pod);

        Assert.Equal("""{"limits":{"cpu":"2","memory":"1Gi"},"requests":{"cpu":"100m","memory":"256Mi"}}""", pod.Items("spec", "containers").Single()["resources"]!.ToJsonString());
        Assert.Equal("LimitRanger plugin set: cpu, memory request for container c; memory limit for container c", pod.Text("metadata", "annotations", "kubernetes.io/limit-ranger"));
    }

    [Theory]
    [InlineData("""{"requests":{"memory":"1Mi"},"limits":{"memory":"2Gi"}}""", "[minimum memory usage per Container is 16Mi, but request is 1Mi, maximum memory usage per Container is 1Gi, but limit is 2Gi]")]
    [InlineData("{}", "[minimum memory usage per Container is 16Mi.  No request is specified, maximum memory usage per Container is 1Gi.  No limit is specified]")]
    [InlineData("""{"requests":{"memory":"16Mi"},"limits":{"memory":"4Gi"}}""", "maximum memory usage per Container is 1Gi, but limit is 4Gi")]
    public void A_limit_range_refuses_what_is_beyond_it(string resources, string why)
    {
        _cluster.Create(ResourceTypes.LimitRanges, """{"metadata":{"name":"bounds"},"spec":{"limits":[{"type":"Container","min":{"memory":"16Mi"},"max":{"memory":"1Gi"}}]}}""");
        var refusal = Assert.Throws<ApiException>(() => new Admission(_cluster.Store).Admit(ResourceTypes.Pods, Pod(resources)));
        Assert.Equal((403, $"pods \"p\" is forbidden: {why}"), (refusal.Code, refusal.Message));
    }

    [Fact]
    public void A_webhook_that_does_not_answer_stops_a_replica_set_which_says_so()
    {
        Webhook("Fail", """{"url":"https://127.0.0.1:1/"}""");
        _cluster.Create(ResourceTypes.Deployments, """{"metadata":{"name":"api"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"api"}},"template":{"metadata":{"labels":{"app":"api"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}""");
        _cluster.Settle();

        Assert.Empty(_cluster.Pods);
        Assert.Contains("Error creating: Internal error occurred: failed calling webhook \"pods.example.com\": failed to call webhook: Post \"https://127.0.0.1:1/?timeout=2s\": dial tcp 127.0.0.1:1: connect: connection refused", _cluster.Events("FailedCreate"));

        _cluster.Store.Remove(_cluster.Get(ResourceTypes.ValidatingWebhookConfigurations, "w")!);
        _cluster.Pass(60);
        Assert.Single(_cluster.Pods);
    }

    [Theory]
    [InlineData("Ignore", """{"url":"https://127.0.0.1:1/"}""", null)]
    [InlineData("Fail", """{"service":{"name":"absent","namespace":"dify"}}""", "Internal error occurred: failed calling webhook \"pods.example.com\": failed to call webhook: Post \"https://absent.dify.svc:443/?timeout=2s\": service \"absent\" not found")]
    public void What_happens_then_is_the_policy_of_the_webhook(string policy, string client, string? refusal)
    {
        Webhook(policy, client);
        var admitted = Record.Exception(() => new Admission(_cluster.Store).Admit(ResourceTypes.Pods, Pod("{}")));
        Assert.Equal(refusal, admitted?.Message);
        Assert.Null(Record.Exception(() => new Admission(_cluster.Store).Admit(ResourceTypes.ConfigMaps, TestCluster.Json("""{"metadata":{"name":"m","namespace":"dify"}}"""))));
    }

    private void Webhook(string policy, string client) => _cluster.Create(ResourceTypes.ValidatingWebhookConfigurations, $$"""
        {"metadata":{"name":"w"},"webhooks":[{"name":"pods.example.com","failurePolicy":"{{policy}}","timeoutSeconds":2,"clientConfig":{{client}},
        "rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["pods"],"scope":"*"}] }]}
        """);

    private static JsonObject Pod(string resources) =>
        TestCluster.Json("""{"metadata":{"name":"p","namespace":"dify"},"spec":{"containers":[{"name":"c","image":"nginx","resources":RESOURCES}]}}""".Replace("RESOURCES", resources, StringComparison.Ordinal));
}
