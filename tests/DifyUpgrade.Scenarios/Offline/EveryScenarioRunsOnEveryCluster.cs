using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Offline;

public sealed class EveryScenarioRunsOnEveryCluster
{
    private static readonly string[] Clusters = ["OnKubernetes", "OnSandbox"];

    [Fact]
    public void No_scenario_class_is_forgotten_on_a_cluster()
    {
        var types = typeof(ClusterScenario).Assembly.GetTypes();
        var scenarios = types.Where(type => type.IsAbstract && type.IsSubclassOf(typeof(ClusterScenario))).ToList();

        Assert.NotEmpty(scenarios);
        Assert.Empty(scenarios.SelectMany(scenario => Clusters
            .Where(cluster => !types.Any(type => !type.IsAbstract && type.IsSubclassOf(scenario) && type.Name.EndsWith(cluster, StringComparison.Ordinal)))
            .Select(cluster => $"{scenario.Name} lacks a class that ends in {cluster}: OnClusters/ScenarioClusters.cs")));
    }
}
