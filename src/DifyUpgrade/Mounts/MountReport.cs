using DifyUpgrade.Reporting;
using Serilog;

namespace DifyUpgrade.Mounts;

/// <summary>Shows mount evidence and says what it comes to.</summary>
internal static class MountReport
{
    /// <summary>A row per pod, container and path, with both hashes.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="proof">The evidence.</param>
    public static void Show(ILogger log, MountProof proof) => log.Lines(TextTable.Lines(
        ["POD", "CONTAINER", "PATH", "EXPECTED", "SEEN", "READ-ONLY", "VERDICT"],
        proof.Evidence.Select(row => (string[])
        [
            row.Pod.Length > 0 ? row.Pod : $"({row.Mount.Workload})",
            row.Mount.Container,
            row.Mount.Path,
            row.ExpectedSha256.Length > 0 ? row.ExpectedSha256 : "?",
            row.SeenSha256 ?? "?",
            row.ReadOnly switch { true => "yes", false => "no", null => "?" },
            row.Verdict switch { MountVerdict.Proven => "proven", MountVerdict.Refuted => "REFUTED: " + row.Reason, _ => "NOT CHECKED: " + row.Reason },
        ])));

    /// <summary>Ends the run unless everything is proven.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="proof">The evidence.</param>
    /// <param name="source">What the evidence was held against, for the message.</param>
    /// <param name="allowUnchecked">Whether what could not be read is let pass; what is refuted never is.</param>
    /// <exception cref="DeploymentException">Something is refuted or not checked.</exception>
    public static void MustBeProven(ILogger log, MountProof proof, string source, bool allowUnchecked)
    {
        Show(log, proof);
        if (allowUnchecked && proof.Evidence.Count > 0 && !proof.IsProven && proof.Open.All(row => row.Verdict == MountVerdict.NotChecked))
        {
            log.Warning("NOT proven, and let pass with --allow-unchecked: {Unchecked} of {Rows} mounted files could not be read back", proof.Open.Count(), proof.Evidence.Count);
            return;
        }

        if (proof.IsProven)
        {
            log.Information(
                "Proven: {Rows} mounted files in {Pods} pods are {Source:l}",
                proof.Evidence.Count,
                proof.Evidence.Select(row => row.Pod).Distinct(StringComparer.Ordinal).Count(),
                source);
            return;
        }

        throw new DeploymentException(ExitCode.DeploymentFailed, proof.Evidence.Count == 0 ? [NothingRead()] : [.. proof.Open.Select(Explain)]);
    }

    private static Finding NothingRead() => Finding.Error("There was nothing to read, so nothing is proven", "the mount contract", "./build.sh RenderTemplate shows what the workloads mount");

    private static Finding Explain(MountEvidence row) => row.Verdict == MountVerdict.Refuted
        ? Finding.Error($"{row.Mount.Path} is not what it should be: {row.Reason}", Where(row), "Restart what serves stale prompts: ./build.sh RefreshPrompts")
        : Finding.Error($"{row.Mount.Path} was not checked: {row.Reason}", Where(row), "See what keeps it: ./build.sh Status; then: ./build.sh VerifyMount\nor let pass what cannot be read, as in a distroless container: --allow-unchecked");

    private static string Where(MountEvidence row) => row.Pod.Length > 0 ? $"pod/{row.Pod}, container {row.Mount.Container}" : $"{row.Mount.Workload}, container {row.Mount.Container}";
}
