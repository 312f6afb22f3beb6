using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Faults;

public sealed class FaultPlanTests
{
    private static readonly JsonObject Pod = (JsonObject)JsonNode.Parse("""{"metadata":{"name":"api-1","namespace":"dify","labels":{"app":"api"}},"spec":{"nodeName":"sandbox-1"}}""")!;
    private readonly FaultPlan _plan = new();

    [Fact]
    public void A_rule_holds_as_often_as_it_says()
    {
        _plan.Add(new FaultRule(FaultKind.ImagePull) { Times = 2 });

        Assert.NotNull(_plan.PodFault(FaultKind.ImagePull, Pod));
        Assert.Equal(1, Assert.Single(_plan.Rules).Times);
        Assert.NotNull(_plan.PodFault(FaultKind.ImagePull, Pod));
        Assert.Null(_plan.PodFault(FaultKind.ImagePull, Pod));
        Assert.Empty(_plan.Rules);
    }

    [Theory]
    [InlineData("""{"kind":"image-pull","namespace":"dify","pod":"api-*","labels":{"app":"api"},"container":"api","node":"sandbox-?"}""", true)]
    [InlineData("""{"kind":"crash-at-start"}""", false)]
    [InlineData("""{"kind":"image-pull","namespace":"other"}""", false)]
    [InlineData("""{"kind":"image-pull","pod":"worker-*"}""", false)]
    [InlineData("""{"kind":"image-pull","labels":{"app":"worker"}}""", false)]
    [InlineData("""{"kind":"image-pull","container":"worker"}""", false)]
    public void A_rule_fits_only_whom_it_names(string rule, bool fits)
    {
        _plan.Add(FaultJson.Read((JsonObject)JsonNode.Parse(rule)!));

        Assert.Equal(fits, _plan.PodFault(FaultKind.ImagePull, Pod, "api") is not null);
    }

    [Fact]
    public void A_cut_is_no_matter_of_other_requests()
    {
        _plan.Add(new FaultRule(FaultKind.WatchCut) { Path = "/api/*" });

        Assert.Null(_plan.TakeRequest(new SeenRequest("GET", "/api/v1/pods")));
        Assert.NotNull(_plan.TakeCut(FaultKind.WatchCut, "/api/v1/pods"));
        Assert.Null(_plan.TakeCut(FaultKind.ExecCut, "/api/v1/pods"));
    }

    [Theory]
    [InlineData("""{"kind":"refused","method":"GET","path":"/api/*","agent":"?elm*","watch":true}""", true)]
    [InlineData("""{"kind":"refused","agent":"kubectl*"}""", false)]
    [InlineData("""{"kind":"refused","watch":false}""", false)]
    public void A_request_is_told_by_its_client_and_by_whether_it_watches(string rule, bool fits)
    {
        _plan.Add(FaultJson.Read((JsonObject)JsonNode.Parse(rule)!));

        Assert.Equal(fits, _plan.TakeRequest(new SeenRequest("GET", "/api/v1/pods", "helm/v3", IsWatch: true)) is not null);
        Assert.Equal("/api/v1/pods", Assert.Single(_plan.Requests.Take()).Path);
        Assert.Empty(_plan.Requests.Take());
    }

    [Fact]
    public void Whoever_waits_for_a_fault_is_told()
    {
        var told = 0;
        _plan.Changed += () => told++;
        var rule = _plan.Add(new FaultRule(FaultKind.NodeLost) { Node = "sandbox-1" });
        Assert.True(_plan.IsLost("sandbox-1"));
        Assert.False(_plan.IsLost("sandbox-2"));
        _plan.Clear(rule.Id);

        Assert.Equal(2, told);
        Assert.False(_plan.IsLost("sandbox-1"));
    }
}
