using DifyUpgrade.Mounts;
using DifyUpgrade.Rendering;
using DifyUpgrade.Tests.Cluster;
using DifyUpgrade.Tests.Rollouts;
using Xunit;

namespace DifyUpgrade.Tests.Mounts;

public sealed class MountReaderTests
{
    private const string Pods = "/api/v1/namespaces/dify/pods";
    private const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"dify-api","namespace":"dify","uid":"d","generation":1},
         "spec":{"replicas":1,"selector":{"matchLabels":{"component":"api"} },"template":{"metadata":{},"spec":{"containers":[{"name":"api","image":"i"}]} } },"status":{"observedGeneration":1} }
        """;

    private static readonly MountContract Contract = new([new ContractMount { Workload = States.Api, Container = "api", Init = false, Image = "i", Path = "/prompts.py", Key = "prompts.py", ReadOnly = true, SubPath = true }]);

    [Fact]
    public async Task A_pod_that_ends_meanwhile_is_replaced_by_its_successor_and_is_no_row_of_its_own()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /apis/apps/v1/namespaces/dify/deployments/dify-api", 200, Deployment)
            .On($"GET {Pods}", 200, List("dify-api-5b8f-old"))
            .On($"GET {Pods}", 200, List("dify-api-5b8f-new"))
            .On($"GET {Pods}/dify-api-5b8f-old/exec", 404, ScriptedApi.NotFound("pods", "dify-api-5b8f-old"))
            .On($"GET {Pods}/dify-api-5b8f-old", 404, ScriptedApi.NotFound("pods", "dify-api-5b8f-old"))
            .On($"GET {Pods}/dify-api-5b8f-new/exec", 403, ScriptedApi.Status(403, "Forbidden", "pods \"dify-api-5b8f-new\" is forbidden: no exec"))
            .On($"GET {Pods}/dify-api-5b8f-new", 200, Pod("dify-api-5b8f-new"));
        using var client = api.Client();

        var proof = await new MountReader(client).ReadAsync(Contract, new Dictionary<string, string> { ["prompts.py"] = "a" }, TestContext.Current.CancellationToken);
        var row = Assert.Single(proof.Evidence);
        Assert.Equal(("dify-api-5b8f-new", MountVerdict.NotChecked), (row.Pod, row.Verdict));
        Assert.Contains("no exec", row.Reason, StringComparison.Ordinal);
    }

    private static string List(string pod) => $$"""{"apiVersion":"v1","kind":"PodList","metadata":{"resourceVersion":"7"},"items":[{{Pod(pod)}}]}""";

    private static string Pod(string name) => $$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"dify","uid":"{{name}}","creationTimestamp":"2026-11-25T00:00:00Z","labels":{"component":"api"},
         "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"dify-api-5b8f","uid":"r","controller":true}]},
         "spec":{"nodeName":"n","containers":[{"name":"api","image":"i"}]},
         "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"api","image":"i","imageID":"i","ready":true,"restartCount":0,"state":{"running":{"startedAt":"2026-11-25T00:00:00Z"} } }]} }
        """;
}
