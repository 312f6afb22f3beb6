using System.Text;
using Xunit;
using YamlDotNet.RepresentationModel;
using static DifyUpgrade.Tests.Charts.RenderedChart;

namespace DifyUpgrade.Tests.Charts;

public sealed class ChartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lint_finds_nothing(bool production)
    {
        string[] values = production ? ProductionValues : [];

        var result = await HelmProcess.Run(["lint", "--strict", "charts/dify", .. values]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.DoesNotContain("[WARNING]", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dify", "dify")]
    [InlineData("prod", "prod-dify")]
    [InlineData("my-dify-eu", "my-dify-eu")]
    public async Task Names_come_from_the_release(string release, string fullName)
    {
        var chart = await Of(release);

        Assert.Equal(
            [
                $"ConfigMap/{fullName}-config",
                $"Deployment/{fullName}-api",
                $"Deployment/{fullName}-beat",
                $"Deployment/{fullName}-web",
                $"Deployment/{fullName}-worker",
                $"Secret/{fullName}-secret",
                $"Service/{fullName}-api",
                $"Service/{fullName}-web",
            ],
            chart.Names);
    }

    [Theory]
    [InlineData("api.extraVolumeMount=x", "api: Additional property extraVolumeMount is not allowed")]
    [InlineData("image.api.tagg=1.12.1", "image.api: Additional property tagg is not allowed")]
    [InlineData("worker.updateStrategy=3", "worker.updateStrategy: Invalid type")]
    [InlineData("beat.replicas=2", "beat.replicas: Must be less than or equal to 1")]
    [InlineData("globall.appSecretKey=x", "(root): Additional property globall is not allowed")]
    [InlineData("worker.readinessProbe.periodSecond=1", "Additional property periodSecond is not allowed")]
    [InlineData("api.extraVolumeMounts[0].subpath=prompts.py", "Additional property subpath is not allowed")]
    public async Task A_value_the_chart_does_not_know_is_refused(string value, string message)
    {
        var result = await HelmProcess.Run(["template", "dify", "charts/dify", .. ProductionValues, "--set", value]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_secret_values_nothing_is_rendered()
    {
        var result = await HelmProcess.Run("template", "dify", "charts/dify", "-f", "values-dify.yaml");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("-f values-secrets.yaml", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    [InlineData("beat")]
    public async Task Production_mounts_the_prompts_into(string component)
    {
        var chart = await Of("dify");

        var container = chart.Container($"dify-{component}");
        Assert.Equal(component, Text(container, "name"));
        Assert.Contains(
            "mountPath=/app/api/core/llm_generator/prompts.py,name=prompts,readOnly=true,subPath=prompts.py",
            Items(At(container, "volumeMounts")));
        var volumes = (YamlSequenceNode)At(
            chart.Find("Deployment", $"dify-{component}"), "spec", "template", "spec", "volumes");
        var prompts = Assert.Single(volumes, volume => Text(volume, "name") == "prompts");
        Assert.Equal("dify-prompts", Text(prompts, "configMap", "name"));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    [InlineData("beat")]
    [InlineData("web")]
    public async Task A_selector_names_application_instance_and_component(string component)
    {
        var chart = await Of("prod");

        var workload = chart.Find("Deployment", $"prod-dify-{component}");
        var selector = Pairs(At(workload, "spec", "selector", "matchLabels"));
        Assert.Equal($"app.kubernetes.io/instance=prod,app.kubernetes.io/name=dify,component={component}", selector);
        Assert.Equal(selector, Pairs(At(workload, "spec", "template", "metadata", "labels")));
    }

    [Theory]
    [InlineData("api", "5001")]
    [InlineData("web", "3000")]
    public async Task A_service_leads_to_its_workload(string component, string port)
    {
        var chart = await Of("dify");

        var service = chart.Find("Service", $"dify-{component}");
        Assert.Equal([$"name={component},port={port},protocol=TCP,targetPort={component}"], Items(At(service, "spec", "ports")));
        Assert.Equal(
            Pairs(At(chart.Find("Deployment", $"dify-{component}"), "spec", "selector", "matchLabels")),
            Pairs(At(service, "spec", "selector")));
        Assert.Equal(
            [$"containerPort={port},name={component},protocol=TCP"],
            Items(At(chart.Container($"dify-{component}"), "ports")));
    }

    [Fact]
    public async Task New_pods_come_first_except_for_beat()
    {
        var chart = await Of("dify");

        foreach (var component in new[] { "api", "worker", "web" })
        {
            var strategy = At(chart.Find("Deployment", $"dify-{component}"), "spec", "strategy");
            Assert.Equal("RollingUpdate", Text(strategy, "type"));
            Assert.Equal("maxSurge=3,maxUnavailable=0", Pairs(At(strategy, "rollingUpdate")));
        }

        Assert.Equal("type=Recreate", Pairs(At(chart.Find("Deployment", "dify-beat"), "spec", "strategy")));
    }

    [Fact]
    public async Task Recreate_leaves_the_default_surge_behind()
    {
        var chart = await Of("dify", "--set", "api.updateStrategy.type=Recreate");

        Assert.Equal("type=Recreate", Pairs(At(chart.Find("Deployment", "dify-api"), "spec", "strategy")));
    }

    [Fact]
    public async Task Only_the_api_migrates_and_each_has_its_mode()
    {
        var chart = await Of("dify");

        Assert.Equal(
            ["name=MODE,value=api", "name=LOG_LEVEL,value=INFO", "name=MIGRATION_ENABLED,value=true"],
            Items(At(chart.Container("dify-api"), "env")));
        Assert.Equal(["name=MODE,value=worker", "name=LOG_LEVEL,value=INFO"], Items(At(chart.Container("dify-worker"), "env")));
        Assert.Equal(["name=MODE,value=beat", "name=LOG_LEVEL,value=INFO"], Items(At(chart.Container("dify-beat"), "env")));
    }

    [Fact]
    public async Task The_api_is_ready_by_its_health_and_nothing_kills_a_migration()
    {
        var chart = await Of("dify", "--set", "api.readinessProbe.initialDelaySeconds=1");

        var container = chart.Container("dify-api");
        var probe = At(container, "readinessProbe");
        Assert.Equal("path=/health,port=api", Pairs(At(probe, "httpGet")));
        Assert.Equal("1", Text(probe, "initialDelaySeconds"));
        Assert.False(Has(probe, "enabled"), "enabled is the chart's word, not Kubernetes'");
        Assert.False(Has(container, "livenessProbe"), "a liveness probe would kill a slow migration");
        Assert.False(Has(chart.Container("dify-worker"), "readinessProbe"), "the worker does not listen");
    }

    [Fact]
    public async Task A_secret_is_in_the_secret_and_nowhere_else()
    {
        var chart = await Of("dify");
        var rendered = (await HelmProcess.Run(["template", "dify", "charts/dify", .. ProductionValues])).Output;

        var secret = (YamlMappingNode)At(chart.Find("Secret", "dify-secret"), "data");
        Assert.Equal("change-me-postgres-password", Decoded(secret["DB_PASSWORD"]));
        var elsewhere = string.Concat(
            rendered.Split("---\n").Where(document => !document.Contains("kind: Secret", StringComparison.Ordinal)));
        foreach (var value in secret.Children.Values)
        {
            Assert.DoesNotContain(Decoded(value), rendered, StringComparison.Ordinal);
            Assert.DoesNotContain(Text(value), elsewhere, StringComparison.Ordinal);
        }

        Assert.False(Has(chart.Container("dify-web"), "envFrom"), "the web container must not see credentials");
    }

    [Fact]
    public async Task A_changed_secret_restarts_the_pods_that_read_it()
    {
        var before = await Of("dify");
        var after = await Of("dify", "--set", "externalRedis.password=another-password");

        foreach (var component in new[] { "api", "worker", "beat" })
            Assert.NotEqual(Template(before, component), Template(after, component));
        Assert.Equal(Template(before, "web"), Template(after, "web"));
    }

    private static string Decoded(YamlNode value) => Encoding.UTF8.GetString(Convert.FromBase64String(Text(value)));

    private static YamlNode Template(RenderedChart chart, string component) =>
        At(chart.Find("Deployment", $"dify-{component}"), "spec", "template");
}
