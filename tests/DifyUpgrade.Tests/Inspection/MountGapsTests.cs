using DifyUpgrade.Inspection;
using DifyUpgrade.Rendering;
using Xunit;

namespace DifyUpgrade.Tests.Inspection;

public sealed class MountGapsTests
{
    [Fact]
    public void A_workload_of_the_same_image_that_mounts_less_is_named_with_what_it_lacks()
    {
        var gaps = MountGaps.In(Chart(Workload("api", "dify-api:1", mounts: true), Workload("worker", "dify-api:1", mounts: false), Workload("web", "dify-web:1", mounts: false)), "dify");
        var gap = Assert.Single(gaps);
        Assert.Equal((Severity.Warning, "deployment/worker, container main"), (gap.Severity, gap.Where));
        Assert.Equal("deployment/worker runs the same image as deployment/api but does not mount /app/prompts.py, so it works with the image's own file", gap.Seen);
    }

    [Fact]
    public void Workloads_that_mount_alike_or_run_another_image_lack_nothing()
    {
        Assert.Empty(MountGaps.In(Chart(Workload("api", "dify-api:1", mounts: true), Workload("worker", "dify-api:1", mounts: true)), "dify"));
        Assert.Empty(MountGaps.In(Chart(Workload("api", "dify-api:1", mounts: true), Workload("worker", "dify-api:2", mounts: false)), "dify"));
        Assert.Empty(MountGaps.In(Chart(Workload("web", "dify-web:1", mounts: false)), "dify"));
    }

    private static RenderedChart Chart(params string[] workloads) => RenderedChart.Read(string.Join("---\n", workloads), new ConfigMapKeys("prompts", ["p.py"]), "dify");

    private static string Workload(string name, string image, bool mounts) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: "{{name}}" }
        spec:
          template:
            spec:
              volumes: [{name: v, configMap: {name: prompts} }]
              containers:
                - name: main
                  image: {{image}}
                  volumeMounts: [{{(mounts ? "{name: v, mountPath: /app/prompts.py, subPath: p.py}" : "")}}]

        """;
}
