using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

// Every scenario class, once for each cluster. EveryScenarioRunsOnEveryCluster fails for one that is missing here.

[Trait("Needs", "Kubernetes")]
public sealed class BadInputOnKubernetes() : BadInputScenarios(TestCluster.Kubernetes);

[Trait("Needs", "Kubernetes")]
public sealed class FailureOnKubernetes() : FailureScenarios(TestCluster.Kubernetes);

[Trait("Needs", "Kubernetes")]
public sealed class InterruptOnKubernetes() : InterruptScenarios(TestCluster.Kubernetes);

[Trait("Needs", "Kubernetes")]
public sealed class LockOnKubernetes() : LockScenarios(TestCluster.Kubernetes);

[Trait("Needs", "Kubernetes")]
public sealed class PromptOnKubernetes() : PromptScenarios(TestCluster.Kubernetes);

[Trait("Needs", "Kubernetes")]
public sealed class RollbackOnKubernetes() : RollbackScenarios(TestCluster.Kubernetes);

[Trait("Needs", "Kubernetes")]
public sealed class UpgradeOnKubernetes() : UpgradeScenarios(TestCluster.Kubernetes);
