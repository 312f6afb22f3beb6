using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

public sealed class DeploymentTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_new_deployment_gets_a_replica_set_and_pods_with_names_and_labels_as_real_ones()
    {
        Create(replicas: 2);
        _cluster.Settle();

        var set = Assert.Single(Sets());
        Assert.Matches("^api-[bcdfghjklmnpqrstvwxz2456789]{8,10}$", set.Name);
        var hash = set.Name[4..];
        Assert.Equal(("1", "2", "3"), (Annotation(set, "revision"), Annotation(set, "desired-replicas"), Annotation(set, "max-replicas")));
        Assert.Equal(hash, set.Body.Text("spec", "selector", "matchLabels", "pod-template-hash"));
        Assert.All(_cluster.Pods, pod =>
        {
            Assert.Matches($"^{set.Name}-[bcdfghjklmnpqrstvwxz2456789]{{5}}$", pod.Name);
            Assert.Equal(hash, pod.Body.Text("metadata", "labels", "pod-template-hash"));
        });
        Assert.Equal([$"Scaled up replica set {set.Name} from 0 to 2"], _cluster.Events("ScalingReplicaSet"));
        Assert.Equal(2, _cluster.Events("SuccessfulCreate").Count);
    }

    [Fact]
    public void A_finished_rollout_says_so_in_its_status()
    {
        Create(replicas: 2);
        _cluster.Settle();

        var status = Deployment.Body.At("status");
        Assert.Equal((1, 2, 2, 2, 2, null), (status.Number("observedGeneration"), status.Number("replicas"), status.Number("updatedReplicas"), status.Number("readyReplicas"), status.Number("availableReplicas"), status.Number("unavailableReplicas")));
        Assert.Equal("1", Annotation(Deployment, "revision"));
        Assert.Equal(
            [("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability."), ("Progressing", "True", "NewReplicaSetAvailable", $"ReplicaSet \"{Sets()[0].Name}\" has successfully progressed.")],
            ConditionsOf(Deployment));
    }

    // The order of a real 1.20 cluster with four replicas and 25% of both.
    [Fact]
    public void A_rolling_update_goes_in_the_steps_of_a_real_one()
    {
        Create(replicas: 4);
        _cluster.Settle();
        var old = Sets()[0].Name;
        SetImage("api:2");
        _cluster.Settle();
        var current = Sets().Select(set => set.Name).Single(name => name != old);

        Assert.Equal(
            [
                $"Scaled up replica set {old} from 0 to 4",
                $"Scaled up replica set {current} from 0 to 1",
                $"Scaled down replica set {old} from 4 to 3",
                $"Scaled up replica set {current} from 1 to 2",
                $"Scaled down replica set {old} from 3 to 2",
                $"Scaled up replica set {current} from 2 to 3",
                $"Scaled down replica set {old} from 2 to 1",
                $"Scaled up replica set {current} from 3 to 4",
                $"Scaled down replica set {old} from 1 to 0",
            ],
            _cluster.Events("ScalingReplicaSet"));
        Assert.Equal((4, "2"), (_cluster.Pods.Count, Annotation(Deployment, "revision")));
    }

    [Theory]
    [InlineData("25%", "25%", 10, 13, 8)]
    [InlineData(1, 0, 3, 4, 3)]
    [InlineData(0, 0, 3, 3, 2)]
    [InlineData("0%", "50%", 3, 3, 2)]
    [InlineData("100%", "100%", 3, 3, 0)]
    public void A_rolling_update_keeps_between_what_may_surge_and_what_may_be_unavailable(object surge, object unavailable, int replicas, int most, int least)
    {
        Create(replicas, spec => spec["strategy"] = new JsonObject { ["type"] = "RollingUpdate", ["rollingUpdate"] = new JsonObject { ["maxSurge"] = JsonValue.Create(surge), ["maxUnavailable"] = JsonValue.Create(unavailable) } });
        _cluster.Settle();
        SetImage("api:2");
        _cluster.Starts = pod => pod.Body.Items("spec", "containers").All(container => container.Text("image") != "api:2");
        _cluster.Settle();
        var ready = _cluster.Pods.Count(pod => PodFacts.Of(pod).IsReady);
        Assert.Equal((most, least), (Sets().Sum(set => (int)set.Body.Number("spec", "replicas")!), ready));

        _cluster.Starts = _ => true;
        _cluster.Settle();
        Assert.Equal(replicas, _cluster.Pods.Count(pod => pod.Body.Items("spec", "containers").All(container => container.Text("image") == "api:2")));
    }

    [Fact]
    public void Recreate_ends_all_old_pods_before_the_first_new_one()
    {
        Create(replicas: 2, spec => spec["strategy"] = new JsonObject { ["type"] = "Recreate" });
        _cluster.Settle();
        SetImage("api:2");
        _cluster.Reconcile();
        Assert.All(_cluster.Pods, pod => Assert.True(pod.IsTerminating, pod.Name));
        Assert.Equal(2, _cluster.Pods.Count);

        _cluster.Settle();
        Assert.Equal(["api:2", "api:2"], _cluster.Pods.Select(pod => pod.Body.Items("spec", "containers").First().Text("image")));
    }

    [Fact]
    public void Going_back_takes_the_old_replica_set_under_a_new_revision()
    {
        Create(replicas: 1);
        _cluster.Settle();
        var first = Sets()[0].Name;
        SetImage("api:2");
        _cluster.Settle();
        SetImage("api:1");
        _cluster.Settle();

        Assert.Equal(2, Sets().Count);
        var set = _cluster.Get(ResourceTypes.ReplicaSets, first)!;
        Assert.Equal(("3", "1", "3", 1), (Annotation(set, "revision"), Annotation(set, "revision-history"), Annotation(Deployment, "revision"), set.Body.Number("status", "availableReplicas")));
    }

    [Fact]
    public void Old_replica_sets_beyond_the_limit_are_cleared_away()
    {
        Create(replicas: 1, spec => spec["revisionHistoryLimit"] = 2);
        for (var version = 2; version < 7; version++)
        {
            _cluster.Settle();
            SetImage("api:" + version);
        }

        _cluster.Settle();
        Assert.Equal(["4", "5", "6"], Sets().Select(set => Annotation(set, "revision")).Order());
    }

    [Fact]
    public void A_rollout_that_stands_still_times_out_and_recovers()
    {
        _cluster.Starts = _ => false;
        Create(replicas: 1, spec => spec["progressDeadlineSeconds"] = 10);
        _cluster.Settle();
        _cluster.Pass(9);
        Assert.Equal("ReplicaSetUpdated", Deployment.Body.Condition("Progressing").Text("reason"));
        _cluster.Pass(2);
        Assert.Equal(
            ("False", "ProgressDeadlineExceeded", $"ReplicaSet \"{Sets()[0].Name}\" has timed out progressing."),
            (Deployment.Body.Condition("Progressing").Text("status"), Deployment.Body.Condition("Progressing").Text("reason"), Deployment.Body.Condition("Progressing").Text("message")));

        _cluster.Starts = _ => true;
        _cluster.Settle();
        Assert.Equal("NewReplicaSetAvailable", Deployment.Body.Condition("Progressing").Text("reason"));
    }

    [Fact]
    public void A_pod_counts_as_available_after_it_was_ready_long_enough()
    {
        Create(replicas: 1, spec => spec["minReadySeconds"] = 20);
        _cluster.Settle();
        _cluster.Pass(19);
        Assert.Equal((1, null, "False"), (Deployment.Body.Number("status", "readyReplicas"), Deployment.Body.Number("status", "availableReplicas"), Deployment.Body.Condition("Available").Text("status")));
        _cluster.Pass(1);
        Assert.Equal((1, "True"), (Deployment.Body.Number("status", "availableReplicas"), Deployment.Body.Condition("Available").Text("status")));
    }

    [Fact]
    public void A_paused_deployment_scales_but_does_not_roll()
    {
        Create(replicas: 1);
        _cluster.Settle();
        _cluster.Edit(ResourceTypes.Deployments, "api", body => body.Child("spec")["paused"] = true);
        SetImage("api:2");
        _cluster.Edit(ResourceTypes.Deployments, "api", body => body.Child("spec")["replicas"] = 3);
        _cluster.Settle();
        Assert.Equal((1, 3, "DeploymentPaused"), (Sets().Count, _cluster.Pods.Count, Deployment.Body.Condition("Progressing").Text("reason")));

        _cluster.Edit(ResourceTypes.Deployments, "api", body => body.Child("spec").Remove("paused"));
        _cluster.Settle();
        Assert.Equal((2, "NewReplicaSetAvailable"), (Sets().Count, Deployment.Body.Condition("Progressing").Text("reason")));
    }

    [Fact]
    public void Scaling_in_the_middle_of_a_rollout_is_spread_in_proportion()
    {
        Create(replicas: 10, spec => spec["strategy"] = new JsonObject { ["type"] = "RollingUpdate", ["rollingUpdate"] = new JsonObject { ["maxSurge"] = 3, ["maxUnavailable"] = 2 } });
        _cluster.Settle();
        _cluster.Starts = _ => false;
        SetImage("api:2");
        _cluster.Settle();
        Assert.Equal([5, 8], Sizes());

        // The example of the Kubernetes documentation: 10 → 15 with 13 there gives 3 to the old one and 2 to the new one.
        _cluster.Edit(ResourceTypes.Deployments, "api", body => body.Child("spec")["replicas"] = 15);
        _cluster.Settle();
        Assert.Equal([7, 11], Sizes());
    }

    [Fact]
    public void Pods_that_do_not_work_are_replaced_first()
    {
        Create(replicas: 4);
        _cluster.Settle();
        _cluster.Starts = _ => false;
        SetImage("broken");
        _cluster.Settle();
        _cluster.Starts = pod => pod.Body.Items("spec", "containers").First().Text("image") == "api:3";
        SetImage("api:3");
        _cluster.Settle();
        Assert.All(_cluster.Pods, pod => Assert.Equal("api:3", pod.Body.Items("spec", "containers").First().Text("image")));
        Assert.Equal(4, _cluster.Pods.Count);
    }

    private StoredObject Deployment => _cluster.Get(ResourceTypes.Deployments, "api")!;

    private IReadOnlyList<StoredObject> Sets() => _cluster.List(ResourceTypes.ReplicaSets);

    private IEnumerable<long> Sizes() => Sets().Select(set => set.Body.Number("spec", "replicas")!.Value).Order();

    private static string? Annotation(StoredObject item, string name) => item.Body.Text("metadata", "annotations", "deployment.kubernetes.io/" + name);

    private static IEnumerable<(string?, string?, string?, string?)> ConditionsOf(StoredObject item) => item.Body.Items("status", "conditions")
        .Select(condition => (condition.Text("type"), condition.Text("status"), condition.Text("reason"), condition.Text("message")));

    private void SetImage(string image) =>
        _cluster.Edit(ResourceTypes.Deployments, "api", body => body.At("spec", "template", "spec").Items("containers").First()["image"] = image);

    private void Create(int replicas, Action<JsonObject>? change = null)
    {
        var body = TestCluster.Json("""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"api"},"spec":{
              "selector":{"matchLabels":{"app":"api"}},
              "template":{"metadata":{"labels":{"app":"api"}},"spec":{"containers":[{"name":"api","image":"api:1"}]}}}}
            """);
        body.Child("spec")["replicas"] = replicas;
        change?.Invoke(body.Child("spec"));
        _cluster.Create(ResourceTypes.Deployments, body.ToJsonString());
    }
}
