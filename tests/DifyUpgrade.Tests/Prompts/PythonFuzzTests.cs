using System.Diagnostics.CodeAnalysis;
using System.Text;
using DifyUpgrade.Prompts.Python;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same files every time are the point.")]
public sealed class PythonFuzzTests
{
    private const int Seed = 20260204;

    private static readonly string[] Snippets =
    [
        "'", "\"", "'''", "\"\"\"", "f\"", "rf'", "{", "}", "{{", "(", ")", "[", "]", "\\", "\n", "\r\n", "\n    ", "\n\t", "\n\n", ";",
        ":", ":=", "=", ",", "*", ".", "#", " ", "lambda x: ", "lambda: (y := 1)", "if A:\n    B = 1\n", "del A\n", "match x:\n    case y: pass\n",
        "from x import *\n", "import a.b as c\n", "def f(): pass\n", "type T = int\n", "async ", "for z in y: ", "A: int", "0x", "1e", "1if ", "é", "\0",
        "😀", "\u2028", "\f", "$", "global A\n", "with a as b, c as (d, e): pass\n", "try:\n  A = 1\nexcept E as e: B = 2\n", "\\N{", "!r", "!=",
    ];

    [Fact]
    public void Mutated_files_never_throw_and_tokens_always_move_on()
    {
        foreach (var file in Mutations(10_000))
        {
            var module = PythonNames.Read(file);
            Assert.True(module.Problems.Count <= 5);
            Assert.All(module.Problems, problem => Assert.True(problem.Line >= 1 && problem.Column >= 1));
            TokensMoveOn(file);
        }
    }

    [Fact]
    public async Task What_Python_compiles_has_no_problem_and_the_same_names()
    {
        var files = Mutations(10_000).Select((content, index) => (Name: $"{index}", content)).ToDictionary(file => file.Name, file => file.content);
        var answer = await PythonOracle.AskAsync(files, run: false);
        var compiled = answer.Files.Where(file => file.Value.Error is null).ToList();
        Assert.True(compiled.Count > 1500, $"Only {compiled.Count} mutated files compile: the comparison says little.");
        foreach (var (name, told) in compiled)
        {
            // CPython lets bytes that are not UTF-8 pass in comments when it is handed bytes; a ConfigMap does not.
            if (PythonEncoding.Decode(files[name]).Source is null)
                continue;
            var module = PythonNames.Read(files[name]);
            var text = Encoding.UTF8.GetString(files[name]);
            Assert.True(module.Problems.Count == 0, $"Python compiles what we call wrong: {string.Join('\n', module.Problems)}\n{text}");
            Assert.True(TestFiles.Describe(told.Names!, told.Star) == TestFiles.Describe(module), $"{TestFiles.Describe(module)}\n{text}");
        }
    }

    [Theory]
    [InlineData("", "(", "")]
    [InlineData("A = ", "(", ")")]
    [InlineData("", "(", ") = 1")]
    [InlineData("", "f'{", "")]
    [InlineData("", "{", "")]
    [InlineData("", "lambda: ", "1")]
    [InlineData("", "A = ", "1")]
    [InlineData("A: int", " = A", "")]
    [InlineData("", "A, ", " : int = 1")]
    [InlineData("", "if A: ", "")]
    [InlineData("", "*", "")]
    [InlineData("", "(A, ", "")]
    [InlineData("", "A[", "")]
    [InlineData("from x", ".x", " import *")]
    [InlineData("", "globals(); ", "")]
    [InlineData("", "A[0] = ", "1")]
    [InlineData("with ", "a as b, ", "c: pass")]
    [InlineData("", "$ ", "")]
    [InlineData("", "# coding", "")]
    public void A_file_of_one_endless_line_is_read_to_the_end(string before, string repeated, string after)
    {
        const int times = 100_000;
        var closing = after.StartsWith(')') ? string.Concat(Enumerable.Repeat(")", times)) + after[1..] : after;
        var text = before + string.Concat(Enumerable.Repeat(repeated, times)) + closing + "\n";
        Assert.NotNull(PythonNames.Read(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Blocks_that_nest_without_end_are_read_to_the_end()
    {
        var text = string.Concat(Enumerable.Range(0, 2000).Select(depth => new string(' ', depth) + "if A:\n"));
        Assert.Equal(2000, Assert.Single(PythonNames.Read(Encoding.UTF8.GetBytes(text)).Problems).Line);
    }

    /// <summary>Each token begins at or after the end of the one before, so the work is bounded by the length, not by luck.</summary>
    private static void TokensMoveOn(byte[] content)
    {
        if (PythonEncoding.Decode(content).Source is not { } source)
            return;
        var end = 0;
        foreach (var token in PythonTokenizer.Read(source.Text, out _))
        {
            var mayBeEmpty = token.Kind is PythonTokenKind.Newline or PythonTokenKind.Indent or PythonTokenKind.Dedent;
            Assert.True(token.Start >= end && token.End <= source.Text.Length && (mayBeEmpty || token.End > token.Start), $"{token}");
            end = token.End;
        }
    }

    private static IEnumerable<byte[]> Mutations(int count)
    {
        var random = new Random(Seed);
        var seeds = TestFiles.CaseNames()
            .Where(name => !name.EndsWith("312", StringComparison.Ordinal)).Select(TestFiles.Case).Where(file => file.Length > 0)
            .Append(File.ReadAllBytes(TestFiles.ShippedPrompts)).ToArray();
        for (var index = 0; index < count; index++)
        {
            var file = seeds[random.Next(seeds.Length)].ToList();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                Mutate(file, random);
            yield return [.. file];
        }
    }

    private static void Mutate(List<byte> file, Random random)
    {
        var at = random.Next(file.Count);
        var length = Math.Min(random.Next(1, 12), file.Count - at);
        switch (random.Next(5))
        {
            case 0:
                file.RemoveRange(at, length);
                break;
            case 1:
                file.InsertRange(random.Next(file.Count), file.GetRange(at, length));
                break;
            case 2:
                file[at] = (byte)random.Next(random.Next(8) == 0 ? 256 : 128);
                break;
            default:
                file.InsertRange(at, Encoding.UTF8.GetBytes(Snippets[random.Next(Snippets.Length)]));
                break;
        }

        if (file.Count == 0)
            file.Add((byte)'\n');
    }
}
