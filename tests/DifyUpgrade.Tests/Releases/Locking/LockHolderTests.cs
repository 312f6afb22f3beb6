using DifyUpgrade.Releases.Locking;
using Xunit;

namespace DifyUpgrade.Tests.Releases.Locking;

public sealed class LockHolderTests
{
    [Theory]
    [InlineData("https://github.com/acme/dify/actions/runs/5", "GITHUB_RUN_ID=5", "GITHUB_SERVER_URL=https://github.com", "GITHUB_REPOSITORY=acme/dify", "GITHUB_ACTOR=alice")]
    [InlineData("https://gitlab.example/acme/-/jobs/7", "CI_JOB_URL=https://gitlab.example/acme/-/jobs/7", "GITLAB_USER_LOGIN=alice")]
    [InlineData("https://ci.example/job/dify/9/", "BUILD_URL=https://user:token@ci.example/job/dify/9/")]
    [InlineData("https://dev.azure.com/acme/dify/_build/results?buildId=11", "BUILD_BUILDID=11", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI=https://dev.azure.com/acme/", "SYSTEM_TEAMPROJECT=dify")]
    public void The_run_of_each_CI_system_is_named_by_its_address_and_without_a_password(string address, params string[] environment)
    {
        var holder = Holder(environment);
        Assert.Equal(address, holder.CiRun?.ToString());
        Assert.Equal(address, holder.Annotations([])[LockHolder.CiRunAnnotation]);
        Assert.StartsWith(environment.Any(variable => variable.EndsWith("=alice", StringComparison.Ordinal)) ? "alice@" : Environment.UserName + "@", holder.Identity, StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_CI_there_is_no_address_and_no_two_runs_are_the_same()
    {
        Assert.Null(Holder().CiRun);
        Assert.DoesNotContain(LockHolder.CiRunAnnotation, Holder().Annotations([]).Keys);
        Assert.NotEqual(Holder().Identity, Holder().Identity);
        Assert.Contains(Environment.MachineName, Holder().Identity, StringComparison.Ordinal);
    }

    private static LockHolder Holder(params string[] environment)
    {
        var variables = environment.Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return LockHolder.ThisRun("Upgrade", TimeSpan.FromMinutes(1), variables.GetValueOrDefault);
    }
}
