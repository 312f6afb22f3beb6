using System.Text;
using DifyUpgrade.Prompts;
using DifyUpgrade.Prompts.Python;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed class PromptComparisonTests
{
    [Fact]
    public void Each_name_of_both_files_is_told_once()
    {
        var differences = Compare(
            "A = 'same'\nB = '''one\ntwo\nthree {{X}}'''\nC = 1\n",
            "# a comment\nD = 2\n\nB = '''one\n2\nthree {{Y}}'''\nA = 'same'\n");
        Assert.Equal(
            [
                new PromptDifference("A", 1, 7, null),
                new PromptDifference("B", 2, 4, "2 lines only here, 2 lines only in the pod; {{X}} only here, {{Y}} only in the pod"),
                new PromptDifference("C", 5, null, "only in the local file"),
                new PromptDifference("D", null, 2, "only in the pod"),
            ],
            differences);
    }

    [Theory]
    [InlineData("def f():\n    return 1\n", "def f():\n    return 2\n")]
    [InlineData("if x:\n    f = 1\nelse:\n    f = 2\n", "if x:\n    f = 1\nelse:\n    f = 3\n")]
    [InlineData("f = 'a'\nf += 'b'\n", "f = 'a'\nf += 'c'\n")]
    [InlineData("@one\ndef f(): pass\n", "@two\ndef f(): pass\n")]
    public void A_definition_of_several_lines_counts_as_a_whole(string local, string served) =>
        Assert.Equal("1 line only here, 1 line only in the pod", Assert.Single(Compare(local, served)).Difference);

    private static IReadOnlyList<PromptDifference> Compare(string local, string served) =>
        PromptComparison.Of(PythonNames.Read(Encoding.UTF8.GetBytes(local)), PythonNames.Read(Encoding.UTF8.GetBytes(served)));
}
