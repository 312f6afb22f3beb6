using DifyUpgrade.Prompts;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed class PromptContractTests
{
    [Theory]
    [InlineData("0.6.10", 4, 0)]
    [InlineData("0.6.14", 4, 0)]
    [InlineData("0.6.15", 7, 0)]
    [InlineData("0.10.0", 7, 0)]
    [InlineData("0.10.1", 9, 0)]
    [InlineData("1.2.0", 9, 0)]
    [InlineData("1.3.0", 10, 0)]
    [InlineData("1.5.1", 11, 0)]
    [InlineData("1.7.2", 11, 0)]
    [InlineData("1.8.0", 13, 2)]
    [InlineData("1.10.1", 13, 2)]
    [InlineData("1.11.0", 15, 2)]
    [InlineData("1.11.4", 15, 2)]
    [InlineData("1.12.0", 16, 2)]
    [InlineData("1.12.1", 16, 2)]
    [InlineData("1.13.0", 16, 2)]
    [InlineData("1.17.0", 14, 2)]
    public void A_known_version_imports_as_many_names_as_were_counted(string tag, int required, int lazy)
    {
        var answer = PromptContract.Shipped.For(tag);
        Assert.Equal((PromptKnowledge.Exact, tag, required, lazy), (answer.Knowledge, answer.UsedVersion, answer.Required.Count, answer.Lazy.Count));
        Assert.NotEmpty(answer.Source!);
    }

    [Fact]
    public void From_1_10_1_to_1_11_0_two_names_are_added() =>
        Assert.Equal(["SUGGESTED_QUESTIONS_MAX_TOKENS", "SUGGESTED_QUESTIONS_TEMPERATURE"], Names("1.11.0").Except(Names("1.10.1")));

    [Fact]
    public void By_1_17_0_one_name_takes_the_place_of_three()
    {
        Assert.Equal(["DEFAULT_SUGGESTED_QUESTIONS_AFTER_ANSWER_INSTRUCTION_PROMPT"], Names("1.17.0").Except(Names("1.13.0")));
        Assert.Equal(
            ["SUGGESTED_QUESTIONS_AFTER_ANSWER_INSTRUCTION_PROMPT", "SUGGESTED_QUESTIONS_MAX_TOKENS", "SUGGESTED_QUESTIONS_TEMPERATURE"],
            Names("1.13.0").Except(Names("1.17.0")));
    }

    [Theory]
    [InlineData("1.10.1-fix.1", "1.10.1", true, 0)]
    [InlineData("1.12.2", "1.12.1", true, 0)]
    [InlineData("1.14.2", "1.13.0", false, 1)]
    [InlineData("1.8.0-rc.1", "1.7.2", false, 4)]
    [InlineData("1.18.0", "1.17.0", false, 0)]
    public void An_unknown_version_takes_the_nearest_older_one(string tag, string used, bool isSettled, int possible)
    {
        var answer = PromptContract.Shipped.For(tag);
        Assert.Equal(
            (PromptKnowledge.NearestOlder, used, isSettled, possible),
            (answer.Knowledge, answer.UsedVersion, answer.IsSettled, answer.Possible.Count));
    }

    [Theory]
    [InlineData("0.6.9", PromptKnowledge.OlderThanKnown)]
    [InlineData("0.3.14", PromptKnowledge.OlderThanKnown)]
    [InlineData("latest", PromptKnowledge.NoVersion)]
    [InlineData("sha256:0123456789abcdef", PromptKnowledge.NoVersion)]
    public void What_is_not_known_has_no_names(string tag, object knowledge)
    {
        var answer = PromptContract.Shipped.For(tag);
        Assert.Equal(knowledge, answer.Knowledge);
        Assert.Empty(answer.Required.Concat(answer.Lazy).Concat(answer.Possible));
    }

    [Fact]
    public void Every_version_in_the_facts_is_one_and_they_stand_in_order()
    {
        var versions = PromptContractFile.ReadEmbedded().Versions;
        Assert.Equal(versions, versions.OrderBy(text => DifyTag.Parse(text).Version!.Value.Rank));
        Assert.Equal(versions.Count, versions.Distinct().Count());
    }

    private static IEnumerable<string> Names(string tag) =>
        PromptContract.Shipped.For(tag).Required.Select(import => import.Name).Order(StringComparer.Ordinal);
}
