using System.Text;
using DifyUpgrade.Helm;
using DifyUpgrade.Prompts.Python;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed class PythonCompilerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Python_compiles_a_file_and_runs_nothing_of_it()
    {
        var trace = Path.Combine(Path.GetTempPath(), "dify-upgrade-must-not-exist");
        var verdict = await AskAsync($"open({PythonQuote(trace)}, 'w')\nprint('no')\nraise SystemExit(3)\n");
        Assert.Null(verdict.Error);
        Assert.False(File.Exists(trace));
    }

    [Theory]
    [InlineData("A = 1\nB = = 2\n", 2, 5)]
    [InlineData("A = '''x\n", 1, 5)]
    [InlineData("return 1\n", 1, 1)]
    public async Task A_syntax_error_has_its_line_and_column(string text, int line, int column)
    {
        var error = (await AskAsync(text)).Error;
        Assert.Equal((line, column), (error?.Line, error?.Column));
        Assert.NotEmpty(error!.Message);
    }

    [Fact]
    public async Task A_file_that_makes_Python_give_up_is_no_failure_of_ours()
    {
        var verdict = await AskAsync("A = " + new string('(', 100_000));
        Assert.NotNull(verdict.Error);
    }

    [Fact]
    public async Task What_is_no_Python_has_no_verdict()
    {
        Assert.Null(await new PythonCompiler("/no/such/python3", TimeProvider.System).AskAsync("A = 1\n"u8.ToArray(), Cancellation));
        if (!OperatingSystem.IsWindows())
            Assert.Null(await new PythonCompiler("/bin/true", TimeProvider.System).AskAsync(new byte[1_000_000], Cancellation));
    }

    [Fact]
    public void What_Python_sees_and_this_reader_does_not_is_an_error_with_its_place()
    {
        var finding = Assert.Single(Of("A = = 1\n", new PythonVerdict("3.12.1", new PythonSyntaxError("invalid syntax", 1, 5))));
        Assert.Equal((Severity.Error, "prompts.py:1:5", "Python would not compile the file: Python 3.12.1 says invalid syntax"), (finding.Severity, finding.Where, finding.Seen));
    }

    [Theory]
    [InlineData("A = f'{x!r:{'y'}}'\n", Severity.Warning)]
    [InlineData("type A = int\n", Severity.Warning)]
    [InlineData("A = = 1\n", Severity.Error)]
    public void An_older_Python_is_believed_only_where_nothing_newer_stands(string text, Severity severity) =>
        Assert.Equal(severity, Assert.Single(Of(text, new PythonVerdict("3.9.0", new PythonSyntaxError("invalid syntax", 1, 5)))).Severity);

    [Fact]
    public void What_both_see_is_told_once_with_the_words_of_both()
    {
        var finding = Assert.Single(Of("A = (\n", new PythonVerdict("3.12.1", new PythonSyntaxError("'(' was never closed", 1, 5))));
        Assert.Equal("Python would not compile the file: the bracket ( is never closed (Python 3.12.1 says: '(' was never closed, line 1)", finding.Seen);
    }

    private static IEnumerable<Finding> Of(string text, PythonVerdict verdict) => PythonFindings.Of("prompts.py", PythonNames.Read(Encoding.UTF8.GetBytes(text)), verdict);

    private static string PythonQuote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal)}'";

    private static async Task<PythonVerdict> AskAsync(string text)
    {
        var python = ExecutableSearch.Find("python3", Environment.GetEnvironmentVariable("PATH") ?? "");
        Assert.SkipWhen(python is null, "python3 is not on PATH, so there is nobody to ask.");
        var verdict = await new PythonCompiler(python, TimeProvider.System).AskAsync(Encoding.UTF8.GetBytes(text), Cancellation);
        Assert.True(verdict is not null, $"{python} gave no verdict");
        return verdict;
    }
}
