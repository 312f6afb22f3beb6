using DifyUpgrade.Mounts;
using DifyUpgrade.Rendering;
using DifyUpgrade.Tests.Rollouts;
using Serilog;
using Xunit;

namespace DifyUpgrade.Tests.Mounts;

public sealed class MountReportTests
{
    private static readonly ILogger Log = new LoggerConfiguration().CreateLogger();

    [Fact]
    public void What_was_not_checked_passes_only_where_that_is_allowed()
    {
        var proof = new MountProof([Row(MountVerdict.Proven), Row(MountVerdict.NotChecked)]);
        var failure = Assert.Throws<DeploymentException>(() => MountReport.MustBeProven(Log, proof, "the prompt files", allowUnchecked: false));
        Assert.Equal(ExitCode.DeploymentFailed, failure.ExitCode);
        Assert.Contains("was not checked: no cat", failure.Message, StringComparison.Ordinal);
        MountReport.MustBeProven(Log, proof, "the prompt files", allowUnchecked: true);
    }

    [Fact]
    public void What_is_refuted_never_passes_and_nothing_read_proves_nothing()
    {
        foreach (var proof in (MountProof[])[new([Row(MountVerdict.NotChecked), Row(MountVerdict.Refuted)]), new([])])
            Assert.Throws<DeploymentException>(() => MountReport.MustBeProven(Log, proof, "the prompt files", allowUnchecked: true));
    }

    private static MountEvidence Row(MountVerdict verdict) => new()
    {
        Mount = new ContractMount { Workload = States.Api, Container = "api", Init = false, Image = "image", Path = "/prompts.py", Key = "prompts.py", ReadOnly = true, SubPath = true },
        Pod = "dify-api-1",
        ExpectedSha256 = "a",
        SeenSha256 = null,
        ReadOnly = null,
        Verdict = verdict,
        Reason = verdict == MountVerdict.Proven ? "" : "no cat",
    };
}
