using DifyUpgrade.Diagnosis;
using DifyUpgrade.Mounts;
using DifyUpgrade.Releases;
using DifyUpgrade.Releases.Repairs;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade;

/// <summary>Keeps what a run saw, as records, for the diagnosis and the report: a stage that throws returns nothing.</summary>
internal sealed class RunJournal
{
    private readonly List<RolloutRecord> _rollouts = [];
    private readonly List<MountProof> _proofs = [];

    /// <summary>The rollouts so far, in order.</summary>
    public IReadOnlyList<RolloutRecord> Rollouts => _rollouts;

    /// <summary>The last rollout; null before the first.</summary>
    public RolloutRecord? LastRollout => _rollouts.Count > 0 ? _rollouts[^1] : null;

    /// <summary>What reading mounted files back showed, in order.</summary>
    public IReadOnlyList<MountProof> Proofs => _proofs;

    /// <summary>What the run changes, as the dry run predicted it; empty when there was none.</summary>
    public IReadOnlyList<ObjectChange> Changes { get; private set; } = [];

    /// <summary>The causes of its failure that were recognised.</summary>
    public IReadOnlyList<Cause> Causes { get; private set; } = [];

    /// <summary>Keeps what reading mounted files back showed.</summary>
    /// <param name="proof">The evidence.</param>
    public void Add(MountProof proof) => _proofs.Add(proof);

    /// <summary>Keeps what the run changes.</summary>
    /// <param name="changes">The changes.</param>
    public void Add(IReadOnlyList<ObjectChange> changes) => Changes = changes;

    /// <summary>The repair that this run made; null without one.</summary>
    public RepairResult? Repair { get; private set; }

    /// <summary>The rollback that this run made; null without one.</summary>
    public RollbackResult? Rollback { get; private set; }

    /// <summary>Keeps what a repair came to.</summary>
    /// <param name="repair">The repair.</param>
    public void Add(RepairResult repair) => Repair = repair;

    /// <summary>Keeps what a rollback came to.</summary>
    /// <param name="rollback">The rollback.</param>
    public void Add(RollbackResult rollback) => Rollback = rollback;

    /// <summary>Keeps the causes of its failure.</summary>
    /// <param name="causes">The causes.</param>
    public void Add(IReadOnlyList<Cause> causes) => Causes = causes;

    /// <summary>Keeps a rollout.</summary>
    /// <param name="rollout">What was seen of it.</param>
    public void Add(RolloutRecord rollout) => _rollouts.Add(rollout);
}
