using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

public sealed class StatefulSetTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void Pods_come_one_after_the_other_with_names_claims_and_a_revision()
    {
        Create(replicas: 2, spec => spec["volumeClaimTemplates"] = new JsonArray(TestCluster.Json("""{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""")));
        _cluster.Reconcile();
        Assert.Equal(["db-0"], Names());
        _cluster.Settle();
        Assert.Equal(["db-0", "db-1"], Names());

        var set = Set;
        var pod = _cluster.Pods[1].Body;
        Assert.Equal(("db-1", "db", "db-1", "1"), (pod.Text("spec", "hostname"), pod.Text("spec", "subdomain"), pod.Text("metadata", "labels", "statefulset.kubernetes.io/pod-name"), pod.Text("metadata", "labels", "apps.kubernetes.io/pod-index")));
        Assert.Equal(set.Body.Text("status", "updateRevision"), pod.Text("metadata", "labels", "controller-revision-hash"));
        Assert.Equal("data-db-1", pod.Items("spec", "volumes").Single().Text("persistentVolumeClaim", "claimName"));
        Assert.All(_cluster.List(ResourceTypes.PersistentVolumeClaims), claim => Assert.Equal("Bound", claim.Body.Text("status", "phase")));
        Assert.Equal((2, 2, 2, 2), (set.Body.Number("status", "replicas"), set.Body.Number("status", "readyReplicas"), set.Body.Number("status", "currentReplicas"), set.Body.Number("status", "updatedReplicas")));
        Assert.Contains("create Pod db-0 in StatefulSet db successful", _cluster.Events("SuccessfulCreate"));
        Assert.Contains("create Claim data-db-0 Pod db-0 in StatefulSet db success", _cluster.Events("SuccessfulCreate"));
    }

    [Fact]
    public void An_update_goes_from_the_last_to_the_first_and_moves_the_current_revision()
    {
        Create(replicas: 3);
        _cluster.Settle();
        var before = Set.Body.Text("status", "currentRevision");
        SetImage("db:2");
        _cluster.Settle();

        Assert.Equal(["delete Pod db-2 in StatefulSet db successful", "delete Pod db-1 in StatefulSet db successful", "delete Pod db-0 in StatefulSet db successful"], _cluster.Events("SuccessfulDelete"));
        Assert.Equal(Set.Body.Text("status", "updateRevision"), Set.Body.Text("status", "currentRevision"));
        Assert.NotEqual(before, Set.Body.Text("status", "currentRevision"));
        Assert.All(_cluster.Pods, pod => Assert.Equal("db:2", Image(pod)));
    }

    [Fact]
    public void A_partition_keeps_the_lower_pods_as_they_are()
    {
        Create(replicas: 3, spec => spec["updateStrategy"] = TestCluster.Json("""{"type":"RollingUpdate","rollingUpdate":{"partition":2}}"""));
        _cluster.Settle();
        SetImage("db:2");
        _cluster.Settle();
        Assert.Equal(["db:1", "db:1", "db:2"], _cluster.Pods.Select(Image));

        _cluster.Plane.Deletion.Begin(_cluster.Pods[0]);
        _cluster.Settle();
        Assert.Equal(["db:1", "db:1", "db:2"], _cluster.Pods.Select(Image));
        Assert.Equal((2, 1), (Set.Body.Number("status", "currentReplicas"), Set.Body.Number("status", "updatedReplicas")));
    }

    [Fact]
    public void On_delete_waits_for_somebody_to_delete()
    {
        Create(replicas: 2, spec => spec["updateStrategy"] = TestCluster.Json("""{"type":"OnDelete"}"""));
        _cluster.Settle();
        SetImage("db:2");
        _cluster.Settle();
        Assert.Equal(["db:1", "db:1"], _cluster.Pods.Select(Image));
        _cluster.Plane.Deletion.Begin(_cluster.Pods[1]);
        _cluster.Settle();
        Assert.Equal(["db:1", "db:2"], _cluster.Pods.Select(Image));
    }

    [Fact]
    public void Scaling_down_takes_the_last_and_keeps_its_claim()
    {
        Create(replicas: 3, spec => spec["volumeClaimTemplates"] = new JsonArray(TestCluster.Json("""{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""")));
        _cluster.Settle();
        _cluster.Edit(ResourceTypes.StatefulSets, "db", body => body.Child("spec")["replicas"] = 1);
        _cluster.Settle();
        Assert.Equal(["db-0"], Names());
        Assert.Equal(3, _cluster.List(ResourceTypes.PersistentVolumeClaims).Count);
    }

    [Fact]
    public void A_pod_that_does_not_start_keeps_the_next_ones_waiting_unless_they_are_parallel()
    {
        _cluster.Starts = _ => false;
        Create(replicas: 3);
        _cluster.Settle();
        Assert.Equal(["db-0"], Names());
        _cluster.Edit(ResourceTypes.StatefulSets, "db", body => body.Child("spec")["podManagementPolicy"] = "Parallel");
        _cluster.Settle();
        Assert.Equal(["db-0", "db-1", "db-2"], Names());
    }

    [Fact]
    public void A_name_that_somebody_elses_pod_has_is_said_and_waited_for()
    {
        _cluster.Create(ResourceTypes.Pods, """{"metadata":{"name":"db-0"},"spec":{"containers":[{"name":"other"}]}}""");
        Create(replicas: 1);
        _cluster.Settle();
        Assert.Equal("create Pod db-0 in StatefulSet db failed error: pods \"db-0\" already exists", _cluster.Events("FailedCreate")[0]);

        _cluster.Plane.Deletion.Begin(_cluster.Pods[0]);
        _cluster.Pass(60);
        Assert.Equal("db", _cluster.Pods.Single().Body.Text("spec", "subdomain"));
    }

    private StoredObject Set => _cluster.Get(ResourceTypes.StatefulSets, "db")!;

    private IEnumerable<string> Names() => _cluster.Pods.Select(pod => pod.Name);

    private static string? Image(StoredObject pod) => pod.Body.Items("spec", "containers").First().Text("image");

    private void SetImage(string image) => _cluster.Edit(ResourceTypes.StatefulSets, "db", body => body.At("spec", "template", "spec").Items("containers").First()["image"] = image);

    private void Create(int replicas, Action<JsonObject>? change = null)
    {
        var body = TestCluster.Json("""
            {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"db"},"spec":{"serviceName":"db",
              "selector":{"matchLabels":{"app":"db"}},
              "template":{"metadata":{"labels":{"app":"db"}},"spec":{"containers":[{"name":"db","image":"db:1"}]}}}}
            """);
        body.Child("spec")["replicas"] = replicas;
        change?.Invoke(body.Child("spec"));
        _cluster.Create(ResourceTypes.StatefulSets, body.ToJsonString());
    }
}
