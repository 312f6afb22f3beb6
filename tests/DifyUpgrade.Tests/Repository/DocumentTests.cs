using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace DifyUpgrade.Tests.Repository;

/// <summary>Holds the documents to the program: what they tell people to type exists, and both languages say the same.</summary>
public sealed class DocumentTests
{
    private const string TableBegin = "<!-- parameters: a test writes this table from .nuke/build.schema.json and .nuke/parameters.json -->\n";
    private const string TableEnd = "<!-- /parameters -->";

    // Steps of other targets, which nobody types.
    private static readonly string[] Unlisted = ["CompileTests", "TestClusterUp", "TestClusterDown"];

    private static readonly MarkdownFile English = MarkdownFile.Read("README.md");
    private static readonly MarkdownFile Chinese = MarkdownFile.Read("README.zh-CN.md");

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("charts/examples/README.md")]
    [InlineData("tests/cluster/README.md")]
    [InlineData(".nuke/packages.md")]
    public void What_a_document_tells_people_to_type_exists_and_what_it_links_to_is_there(string path)
    {
        var schema = BuildSchema.Read();
        var document = MarkdownFile.Read(path);
        Assert.Empty(document.Calls.SelectMany(call => schema.Problems(call).Select(problem => $"./build.sh {call}: {problem}")));
        var folder = Path.GetDirectoryName(RepositoryFiles.At(path))!;
        Assert.DoesNotContain(document.Links, link => !Path.Exists(Path.Combine(folder, link)));
    }

    [Fact]
    public void Every_target_has_a_row()
    {
        var rows = English.FirstCells.SelectMany(cell => cell.Split(' ')).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(BuildSchema.Read().Targets.Except(Unlisted), target => !rows.Contains(target));
    }

    [Fact]
    public void The_table_of_parameters_is_the_schemas()
    {
        Assert.Contains(TableBegin, English.Text, StringComparison.Ordinal);
        var (before, rest) = Cut(English.Text, TableBegin);
        var (_, after) = Cut(rest, TableEnd);
        RepositoryFiles.MustRead("README.md", before + TableBegin + ParameterTable() + TableEnd + after);
    }

    [Fact]
    public void The_Chinese_README_has_the_headings_commands_tables_and_links_of_the_English_one()
    {
        Assert.Equal(English.HeadingDepths, Chinese.HeadingDepths);
        Assert.Equal(English.BlockLines, Chinese.BlockLines);
        Assert.Equal(English.Calls, Chinese.Calls);
        Assert.Equal(English.FirstCells, Chinese.FirstCells);
        Assert.Equal(English.Spans.Distinct().Order(StringComparer.Ordinal), Chinese.Spans.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(English.Links.Where(link => !link.StartsWith("README", StringComparison.Ordinal)).Order(StringComparer.Ordinal), Chinese.Links.Where(link => !link.StartsWith("README", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_catalogue_has_every_cause_that_is_recognised()
    {
        var causes = Directory.EnumerateFiles(RepositoryFiles.At("src/DifyUpgrade/Diagnosis/Causes"), "*.cs")
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), """(?:new(?: Cause)?\(\s*|Name = )"([a-z]+(?:-[a-z]+)*)",?;?\s""").Select(name => name.Groups[1].Value))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.Contains("image-tag", causes);
        Assert.Contains("prompts-import", causes);
        Assert.Equal(causes, English.TableRows.Select(row => row.Split(" | ")).Where(row => row.Length == 3).Select(row => row[1].Trim('`')).Where(causes.Contains).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_figures_are_those_of_the_benchmark_run_that_is_kept()
    {
        var measured = FigureRows(MarkdownFile.Read(".github/benchmark.md"));
        Assert.True(measured.Count > 10, "not the table of a whole run");
        Assert.Equal(measured, FigureRows(English));
        Assert.Equal(measured, FigureRows(Chinese));
    }

    // Which figure, its target, what was measured, and whether that is enough; not what it means, which is translated.
    private static List<string> FigureRows(MarkdownFile document) =>
        [.. document.TableRows.Select(row => row.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length > 4 && cells[2] is ['≤' or '≥', ..]).Select(cells => string.Join(" | ", cells[1..5]))];

    private static string ParameterTable()
    {
        using var defaults = JsonDocument.Parse(RepositoryFiles.Read(".nuke/parameters.json"));
        var table = new StringBuilder("| parameter | default | |\n| --- | --- | --- |\n");
        foreach (var (name, description) in BuildSchema.Read().OwnParameters)
            table.Append($"| `{BuildSchema.Dashed(name)}` | {DefaultOf(defaults.RootElement, name)} | {description.Replace("<", "&lt;", StringComparison.Ordinal)} |\n");
        return table.ToString();
    }

    private static string DefaultOf(JsonElement defaults, string name)
    {
        if (!defaults.TryGetProperty(name, out var value))
            return "";
        var texts = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.ToString()) : [value.ToString()];
        return string.Join(' ', texts.Select(text => $"`{(name is "ConfigMapDrift" or "Output" ? text.ToLowerInvariant() : text)}`"));
    }

    private static (string Before, string After) Cut(string text, string mark)
    {
        var place = text.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(place >= 0, $"README.md lacks {mark}");
        return (text[..place], text[(place + mark.Length)..]);
    }
}
