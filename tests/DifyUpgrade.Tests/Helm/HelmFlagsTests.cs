using DifyUpgrade.Helm;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

public sealed class HelmFlagsTests
{
    private static readonly HelmRelease Release = new()
    {
        Name = "dify",
        Namespace = "prod",
        Chart = "/repo/charts/dify",
        ValuesFiles = ["values.yaml", "values-prod secret.yaml"],
    };

    [Theory]
    [InlineData("3.10.0", "--dry-run")]
    [InlineData("3.12.3", "--dry-run")]
    [InlineData("3.13.0", "--dry-run=server")]
    [InlineData("3.14.4", "--dry-run=server")]
    [InlineData("3.15.0", "--dry-run=server --hide-secret")]
    [InlineData("3.21.4", "--dry-run=server --hide-secret")]
    [InlineData("4.0.0", "--dry-run=server --hide-secret")]
    [InlineData("4.2.4", "--dry-run=server --hide-secret")]
    public void A_dry_run_is_asked_for_in_the_words_of_the_version(string version, string expected) =>
        AssertArguments(
            "upgrade|dify|/repo/charts/dify|--namespace|prod|--values|values.yaml|--values|values-prod secret.yaml|--reset-values|" + expected.Replace(' ', '|'),
            HelmFlags.DryRun(HelmVersion.Parse(version), Release, install: false));

    [Fact]
    public void A_dry_run_can_install() =>
        Assert.Contains("--install", HelmFlags.DryRun(HelmVersion.Minimum, Release, install: true));

    [Fact]
    public void A_render_knows_that_it_is_an_upgrade() =>
        AssertArguments(
            "template|dify|/repo/charts/dify|--namespace|prod|--values|values.yaml|--values|values-prod secret.yaml|--skip-tests|--is-upgrade",
            HelmFlags.Template(Release, new TemplateCapabilities()));

    [Fact]
    public void A_render_can_be_told_about_the_cluster() =>
        AssertArguments(
            "template|dify|/repo/charts/dify|--namespace|prod|--values|values.yaml|--values|values-prod secret.yaml|--skip-tests"
            + "|--kube-version|v1.20.2|--api-versions|batch/v1|--api-versions|batch/v1/CronJob",
            HelmFlags.Template(Release, new TemplateCapabilities
            {
                KubeVersion = "v1.20.2",
                ApiVersions = ["batch/v1", "batch/v1/CronJob"],
                IsUpgrade = false,
            }));

    [Fact]
    public void An_upgrade_waits_and_resets_values() =>
        AssertArguments(
            "upgrade|dify|/repo/charts/dify|--namespace|prod|--values|values.yaml|--values|values-prod secret.yaml|--reset-values|--wait|--timeout|10m0s",
            HelmFlags.Upgrade(Release, new UpgradeOptions { Install = false, Timeout = TimeSpan.FromMinutes(10) }));

    [Fact]
    public void An_upgrade_with_all_options() =>
        AssertArguments(
            "upgrade|dify|/repo/charts/dify|--namespace|prod|--install|--reset-values|--wait|--timeout|1m30s|--history-max|0|--description|to 1.9.0",
            HelmFlags.Upgrade(
                Release with { ValuesFiles = [] },
                new UpgradeOptions { Install = true, Timeout = TimeSpan.FromSeconds(90), HistoryMax = 0, Description = "to 1.9.0" }));

    [Fact]
    public void History_is_read_as_json() =>
        AssertArguments("history|dify|--namespace|prod|--output|json|--max|256", HelmFlags.History("dify", "prod"));

    [Fact]
    public void Manifests_are_read_by_revision()
    {
        AssertArguments("get|manifest|dify|--namespace|prod", HelmFlags.Manifest("dify", "prod", revision: null));
        AssertArguments("get|manifest|dify|--namespace|prod|--revision|7", HelmFlags.Manifest("dify", "prod", revision: 7));
    }

    [Fact]
    public void A_rollback_names_its_revision() =>
        AssertArguments(
            "rollback|dify|7|--namespace|prod|--wait|--timeout|5m0s",
            HelmFlags.Rollback(new HelmRollback { Name = "dify", Namespace = "prod", Revision = 7, Timeout = TimeSpan.FromMinutes(5) }));

    private static void AssertArguments(string expected, IReadOnlyList<string> seen) => Assert.Equal(expected, string.Join('|', seen));
}
