using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

// Every scenario class, once for each cluster. EveryScenarioRunsOnEveryCluster fails for one that is missing here.

[Trait("Needs", "Kubernetes")]
public sealed class BadInputOnKubernetes() : BadInputScenarios(TestCluster.Kubernetes);

public sealed class BadInputOnSandbox() : BadInputScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class DiagnosisOnKubernetes() : DiagnosisScenarios(TestCluster.Kubernetes);

public sealed class DiagnosisOnSandbox() : DiagnosisScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class DumpOnKubernetes() : DumpScenarios(TestCluster.Kubernetes);

public sealed class DumpOnSandbox() : DumpScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class ExampleOnKubernetes() : ExampleScenarios(TestCluster.Kubernetes);

public sealed class ExampleOnSandbox() : ExampleScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class FailureOnKubernetes() : FailureScenarios(TestCluster.Kubernetes);

public sealed class FailureOnSandbox() : FailureScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class HelmConflictOnKubernetes() : HelmConflictScenarios(TestCluster.Kubernetes);

[Trait("Needs", "Kubernetes")]
public sealed class InterruptOnKubernetes() : InterruptScenarios(TestCluster.Kubernetes);

public sealed class InterruptOnSandbox() : InterruptScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class KillOnKubernetes() : KillScenarios(TestCluster.Kubernetes);

public sealed class KillOnSandbox() : KillScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class LockOnKubernetes() : LockScenarios(TestCluster.Kubernetes);

public sealed class LockOnSandbox() : LockScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class PermissionOnKubernetes() : PermissionScenarios(TestCluster.Kubernetes);

public sealed class PermissionOnSandbox() : PermissionScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class ProofOnKubernetes() : ProofScenarios(TestCluster.Kubernetes);

public sealed class ProofOnSandbox() : ProofScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class PromptOnKubernetes() : PromptScenarios(TestCluster.Kubernetes);

public sealed class PromptOnSandbox() : PromptScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class ReportOnKubernetes() : ReportScenarios(TestCluster.Kubernetes);

public sealed class ReportOnSandbox() : ReportScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class RenewalOnKubernetes() : RenewalScenarios(TestCluster.Kubernetes);

[Trait("Needs", "Kubernetes")]
public sealed class RepairOnKubernetes() : RepairScenarios(TestCluster.Kubernetes);

public sealed class RepairOnSandbox() : RepairScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class RestartOnKubernetes() : RestartScenarios(TestCluster.Kubernetes);

public sealed class RestartOnSandbox() : RestartScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class RollbackOnFailureOnKubernetes() : RollbackOnFailureScenarios(TestCluster.Kubernetes);

public sealed class RollbackOnFailureOnSandbox() : RollbackOnFailureScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class RollbackOnKubernetes() : RollbackScenarios(TestCluster.Kubernetes);

public sealed class RollbackOnSandbox() : RollbackScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class RolloutOnKubernetes() : RolloutScenarios(TestCluster.Kubernetes);

// Helm looks every two seconds, whatever the speed of the pods; what it misses between two looks needs real time.
public sealed class RolloutOnSandbox() : RolloutScenarios(TestCluster.SandboxInRealTime);

[Trait("Needs", "Kubernetes")]
public sealed class SecretOnKubernetes() : SecretScenarios(TestCluster.Kubernetes);

public sealed class SecretOnSandbox() : SecretScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class SnapshotOnKubernetes() : SnapshotScenarios(TestCluster.Kubernetes);

public sealed class SnapshotOnSandbox() : SnapshotScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class UpgradeOnKubernetes() : UpgradeScenarios(TestCluster.Kubernetes);

public sealed class UpgradeOnSandbox() : UpgradeScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class ServerOnKubernetes() : ServerScenarios(TestCluster.Kubernetes);

public sealed class ServerOnSandbox() : ServerScenarios(TestCluster.Sandbox);

[Trait("Needs", "Kubernetes")]
public sealed class WebhookOnKubernetes() : WebhookScenarios(TestCluster.Kubernetes);

public sealed class WebhookOnSandbox() : WebhookScenarios(TestCluster.Sandbox);
