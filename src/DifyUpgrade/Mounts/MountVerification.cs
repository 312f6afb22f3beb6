using DifyUpgrade.Inspection;
using DifyUpgrade.Reporting;

namespace DifyUpgrade.Mounts;

/// <summary>The target <c>VerifyMount</c>.</summary>
/// <param name="session">What it works with.</param>
internal sealed class MountVerification(DeploymentSession session)
{
    /// <summary>Reads the files back and holds them against the prompt files.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>The evidence, all proven.</returns>
    public async Task<MountProof> RunAsync(CancellationToken cancellation)
    {
        session.Access.Log.Report([.. ContractCheck.Check(session.Chart.Contract, session.Plan).Where(finding => finding.Severity == Severity.Error)]);
        var expected = session.Plan.PromptFiles.ToDictionary(file => file.Key, file => file.Sha256, StringComparer.Ordinal);
        var proof = await new MountReader(session.Access.Cluster).ReadAsync(session.Chart.Contract, expected, cancellation);
        session.Access.Journal.Add(proof);
        MountReport.MustBeProven(session.Access.Log, proof, "the prompt files", session.Access.Parameters.AllowUnchecked);
        return proof;
    }
}
