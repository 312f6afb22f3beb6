using System.Text;
using DifyUpgrade.Prompts;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed class StarterPromptsTests
{
    public static TheoryData<string> Versions => [.. PromptContractFile.ReadEmbedded().Versions];

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_starter_suits_its_version_and_comments_every_name(string version)
    {
        var text = StarterPrompts.Write(PromptContract.Shipped.For(version));
        Assert.Empty(PromptContractCheck.Check("prompts.py", Encoding.UTF8.GetBytes(text), version));
        Assert.DoesNotContain("Not known to this program", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Python_runs_it_and_finds_every_name()
    {
        var files = new[] { "0.6.10", "1.8.0", "1.12.0", "1.12.1", "1.17.0" }.ToDictionary(version => version, version => Encoding.UTF8.GetBytes(StarterPrompts.Write(PromptContract.Shipped.For(version))));
        var answer = await PythonOracle.AskAsync(files, run: true);
        foreach (var (version, told) in answer.Files)
        {
            Assert.True(told is { Error: null, Crash: null }, $"{version}: {told.Error}{told.Crash}");
            var wanted = PromptContract.Shipped.For(version);
            Assert.Empty(wanted.Required.Concat(wanted.Lazy).Select(import => import.Name).Except(told.Globals!));
        }
    }
}
