using Xunit;

namespace DifyUpgrade.Tests;

public sealed class DeploymentExceptionTests
{
    [Fact]
    public void It_prints_every_finding_and_no_stack()
    {
        var failure = new DeploymentException(
            ExitCode.NothingChanged,
            Finding.Error("first", "a.yaml", "do this"),
            Finding.Error("second", "b.yaml", "do that"));

        Assert.Equal(
            "✖ first\n  where: a.yaml\n  next:  do this\n✖ second\n  where: b.yaml\n  next:  do that",
            failure.ToString());
    }
}
