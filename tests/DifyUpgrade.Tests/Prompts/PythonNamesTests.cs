using System.Text;
using DifyUpgrade.Prompts.Python;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed class PythonNamesTests
{
    public static TheoryData<string> Cases => [.. TestFiles.CaseNames()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_reads_the_names_that_are_written_down(string name)
    {
        var module = PythonNames.Read(TestFiles.Case(name));

        Assert.Empty(module.Problems);
        Assert.Equal(TestFiles.Verified(name), TestFiles.Describe(module));
    }

    [Fact]
    public async Task Python_reads_the_same_names_and_running_a_case_binds_them()
    {
        var answer = await PythonOracle.AskAsync(TestFiles.CaseNames().ToDictionary(name => name, TestFiles.Case), run: true);
        foreach (var (name, told) in answer.Files)
        {
            if (name.EndsWith("312", StringComparison.Ordinal) && !answer.KnowsTheGrammarOf312)
                continue;
            Assert.True(told is { Error: null, Crash: null }, $"{name}: {told.Error}{told.Crash}");
            Assert.Equal($"{name}\n{TestFiles.Verified(name)}", $"{name}\n{TestFiles.Describe(told.Names!, told.Star)}");

            var read = PythonNames.Read(TestFiles.Case(name));
            Assert.All(read.Names.Where(one => !one.IsConditional), one => Assert.Contains(one.Name, told.Globals!));
            var implicitly = new[] { "__doc__", "__annotations__" };
            if (!read.HasStarImport)
                Assert.Empty(told.Globals!.Except(read.Names.Select(one => one.Name)).Except(implicitly));
        }
    }

    [Theory]
    [InlineData("A = 1\n\nB = '''x\ny'''\nC = 2", "A:1 B:3 C:5")]
    [InlineData("if x:\n    A = 1\nA = 2\nA = 3\n", "A:3")]
    [InlineData("A = (\n  1,\n)\r\nB = 2", "A:1 B:4")]
    public void A_name_has_the_line_of_its_first_certain_binding(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(text).Names.Select(name => $"{name.Name}:{name.Line}")));

    [Theory]
    [InlineData("A = 1\nfrom .stock import *\n", "from .stock import *", 2, 1)]
    [InlineData("def __getattr__(name): return ''\n", "__getattr__", 1, 5)]
    [InlineData("A = 1; globals()['B'] = 2\n", "globals()", 1, 8)]
    [InlineData("def load():\n    globals().update(A=1)\n", "globals()", 2, 5)]
    [InlineData("vars()['B'] = 2\n", "vars()", 1, 1)]
    [InlineData("exec(code)\n", "exec()", 1, 1)]
    public void What_may_bind_names_unseen_is_told(string text, string what, int line, int column)
    {
        var end = Assert.Single(Read(text).OpenEnds);
        Assert.Equal((what, line, column), (end.Text, end.Line, end.Column));
    }

    [Theory]
    [InlineData("x.globals()\n")]
    [InlineData("vars(x)\n")]
    [InlineData("def load(): return locals()\n")]
    [InlineData("class A:\n    def __getattr__(self, name): return ''\n")]
    [InlineData("A = 'from x import *'\n")]
    public void What_binds_nothing_is_no_open_end(string text) => Assert.Empty(Read(text).OpenEnds);

    [Fact]
    public void A_name_that_a_body_declares_global_is_told_apart()
    {
        var module = Read("def load():\n    global A, B\n    A = B = 1\nload()\n");
        Assert.Equal(["A", "B"], module.GlobalsOfBodies.Order());
        Assert.Equal("load", Assert.Single(module.Names).Name);
    }

    [Fact]
    public void A_declared_encoding_that_is_not_judged_leaves_a_doubt_and_the_names()
    {
        var module = PythonNames.Read((byte[])[.. "# coding: cp1252\nA = '"u8, 0x93, .. "'\n"u8]);
        Assert.Equal("A", Assert.Single(module.Names).Name);
        Assert.Contains("cp1252", Assert.Single(module.Doubts).Seen, StringComparison.Ordinal);
    }

    private static PythonModule Read(string text) => PythonNames.Read(Encoding.UTF8.GetBytes(text));
}
