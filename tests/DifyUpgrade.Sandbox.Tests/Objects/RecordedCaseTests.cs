using DifyUpgrade.Sandbox.Tests.Objects.Recording;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Objects;

/// <summary>The pure functions give the answers that a real server gave.</summary>
public sealed class RecordedCaseTests(RealServer real) : IClassFixture<RealServer>
{
    public static TheoryData<string> Cases => [.. RecordedCase.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_sandbox_answers_as_the_real_server_did(string name)
    {
        var recorded = new RecordedCase(name);
        var server = new PureServer(recorded.Type);
        foreach (var step in recorded.Steps)
            Assert.Equal(Since120.Forward(recorded.Type, recorded.Verified(step)), Since120.Known(recorded.Type, server.Answer(step)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Needs", "Kubernetes")]
    public async Task The_real_server_still_answers_so(string name)
    {
        var recorded = new RecordedCase(name);
        await real.BeginAsync(TestContext.Current.CancellationToken);
        foreach (var step in recorded.Steps)
        {
            var answer = Masking.Mask(await real.AnswerAsync(recorded.Type, recorded.ObjectName, step, TestContext.Current.CancellationToken));
            if (RecordedCase.RecordTo is not null)
                recorded.Record(step, answer);
            else
                Assert.Equal(Masking.Steady(recorded.Verified(step)), Masking.Steady(Masking.Text(answer)));
        }
    }
}
