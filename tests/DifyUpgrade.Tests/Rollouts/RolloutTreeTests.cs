using DifyUpgrade.Cluster;
using DifyUpgrade.Rollouts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Tests.Rollouts;

public sealed class RolloutTreeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_shows_workload_revision_and_pod_with_ready_restarts_age_and_reason()
    {
        var lines = new RolloutTree(120, 40, colour: false).Draw(View(1), DateTimeOffset.UnixEpoch.AddSeconds(42));
        string[][] expected =
        [
            ["deployment/dify-api", "1/2", "1 of 2 pods are new"],
            ["├─ dify-api-1", "1/1", "old"],
            ["│  └─ old-0", "ready", "42s", "ready"],
            ["└─ dify-api-2", "0/1", "new"],
            ["   └─ new", "–", "3×", "42s", "api: CrashLoopBackOff (last exit code 2), 3 restarts"],
        ];
        Assert.True(lines.Count == expected.Length, string.Join('\n', lines));
        foreach (var (line, parts) in lines.Zip(expected))
            Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1000, 120, 40)]
    [InlineData(1000, 30, 8)]
    [InlineData(3, 10, 3)]
    public void It_never_has_more_lines_or_columns_than_the_terminal_and_what_is_in_trouble_stays_in_sight(int pods, int width, int height)
    {
        var lines = new RolloutTree(width, height, colour: false).Draw(View(pods), DateTimeOffset.UnixEpoch);
        Assert.InRange(lines.Count, 1, Math.Max(2, height - 3));
        Assert.All(lines, line => Assert.True(line.Length < width, line));
        if (width > 100)
        {
            Assert.Contains(lines, line => line.Contains("CrashLoopBackOff", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains(" more", StringComparison.Ordinal));
        }
    }

    private ReleaseView View(int pods)
    {
        var view = new ReleaseView([States.Api], _time);
        view.Take(States.Deployment() with { Revision = "2", Updated = 1, Total = 2 });
        view.Take(States.ReplicaSet(1));
        view.Take(States.ReplicaSet(2));
        for (var i = 0; i < pods; i++)
            view.Take(States.Pod($"old-{i}").Listed());
        view.Take(States.Pod("new", 2, ready: false, States.Waiting("CrashLoopBackOff", null, new ContainerTermination("Error", 2, null), restarts: 3)).Added());
        view.Begin();
        return view;
    }
}
