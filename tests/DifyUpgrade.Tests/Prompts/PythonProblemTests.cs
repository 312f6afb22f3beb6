using System.Text;
using DifyUpgrade.Prompts.Python;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed class PythonProblemTests
{
    public static TheoryData<string, int, int, string> Broken => new()
    {
        { "A = 1\nB = '''x\ny\n", 2, 5, "the string opened by ''' is never closed" },
        { "A = 1\nB = \"x\nC = 2\n", 2, 5, "the string opened by \" is not closed on its line" },
        { "A = f\"{x\n", 1, 7, "the bracket { is never closed" },
        { "A = f'''{x} \n", 1, 5, "the string opened by ''' is never closed" },
        { "A = f\"{x:>10\"\n", 1, 7, "a field of an f-string is never closed" },
        { "A = f\"x } y\"\n", 1, 9, "a single } stands in an f-string" },
        { "A = f\"{}\"\n", 1, 7, "a field of an f-string is empty" },
        { "A = (1,\n     [2, 3]\nB = 2\n", 1, 5, "the bracket ( is never closed" },
        { "A = (1, [2)\n", 1, 11, "the bracket ) does not match [, which stands open" },
        { "A = 1)\n", 1, 6, "the bracket ) closes nothing" },
        { "A = 1\n  B = 2\n", 2, 3, "the line is indented deeper than the one before, which opens no block" },
        { "if A:\n    B = 1\n  C = 2\n", 3, 3, "the line is indented less than the one before, but not as deep as any line above" },
        { "if A:\n\tB = 1\n        C = 2\n", 3, 9, "tabs and spaces are mixed in the indentation" },
        { "if A:\nB = 1\n", 2, 1, "an indented block should follow if" },
        { "def f():\n", 1, 1, "an indented block should follow def" },
        { "if A\n    B = 1\n", 1, 1, "no colon follows if" },
        { "A = “x”\n", 1, 5, "the character “ (U+201C) cannot stand outside of a string" },
        { "é = '😀' $\n", 1, 9, "the character $ (U+0024) cannot stand outside of a string" },
        { "A =\u00a01\n", 1, 4, "the character U+00A0 cannot stand outside of a string" },
        { "A = 1 \\ \nB = 2\n", 1, 7, "a backslash outside of a string is not the last character of its line" },
        { "A = 1 \\\n", 1, 7, "the file ends after a backslash that joins its last line to nothing" },
        { "A = 'don't do'\n", 1, 14, "the string opened by ' is not closed on its line" },
        { "A = \"\"\"say \"\"\"hello\"\"\" twice\"\"\"\n", 1, 15, "the word hello stands right after a string, with nothing that joins them" },
        { "A = 1\nAnd then some prose\n", 2, 5, "the word then stands right after the word And, with nothing that joins them" },
        { "A = [1 2]\n", 1, 8, "a number stands right after a number, with nothing that joins them" },
        { "print 'x'\n", 1, 7, "a string stands right after the word print, with nothing that joins them" },
        { "1A = 2\n", 1, 2, "the word A stands right after a number, with nothing that joins them" },
        { "A = 1\nB\u0000 = 2\n", 2, 2, "a NUL byte stands in the file" },
        { "\ufeff# coding: latin-1\nA = 1\n", 1, 1, "the encoding line says latin-1, which Python does not accept after a byte order mark" },
        { "\ufeff# coding: utf8\nA = 1\n", 1, 1, "the encoding line says utf8, which Python does not accept after a byte order mark" },
        { "# coding: utf-16\nA = 1\n", 1, 1, "the encoding line says utf-16, which Python does not accept in a file of single bytes" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void It_says_what_is_wrong_and_where(string text, int line, int column, string seen)
    {
        var problem = PythonNames.Read(Encoding.UTF8.GetBytes(text)).Problems[0];
        Assert.Equal((seen, line, column), (problem.Seen, problem.Line, problem.Column));
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public async Task Python_refuses_every_one_of_them()
    {
        var answer = await PythonOracle.AskAsync(
            Broken.ToDictionary(row => row.Data.Item1, row => Encoding.UTF8.GetBytes(row.Data.Item1)), run: false);
        Assert.All(answer.Files, file => Assert.True(file.Value.Error is not null, $"Python compiles: {file.Key}"));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_placed_and_named()
    {
        var problem = Assert.Single(PythonNames.Read((byte[])[.. "A = 1\nB = 'é"u8, 0xE9, .. "'\n"u8]).Problems);
        Assert.Equal(("byte 0xe9 is not UTF-8", 2, 7), (problem.Seen, problem.Line, problem.Column));
    }

    [Theory]
    [InlineData((byte)0xFF, (byte)0xFE)]
    [InlineData((byte)0xFE, (byte)0xFF)]
    public void UTF_16_is_named_as_such(byte first, byte second) =>
        Assert.Contains("UTF-16", Assert.Single(PythonNames.Read((byte[])[first, second, 65, 0]).Problems).Seen, StringComparison.Ordinal);

    [Fact]
    public void Unclosed_lines_are_all_told_but_no_flood_of_them()
    {
        var module = PythonNames.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("A = 'x\n", 50))));
        Assert.Equal([1, 2, 3, 4, 5], module.Problems.Select(problem => problem.Line));
    }

    [Fact]
    public void Names_before_a_problem_are_still_read() =>
        Assert.Equal(["A", "B"], PythonNames.Read("A = 1\nB = 2\nC = (\n"u8.ToArray()).Names.Select(name => name.Name));
}
