using System.Text.RegularExpressions;

namespace DifyUpgrade.Tests.Repository;

/// <summary>One of the documents that people read.</summary>
internal sealed partial record MarkdownFile(string Path, string Text)
{
    /// <summary>How deep each heading is, in their order.</summary>
    public IEnumerable<int> HeadingDepths => Headings().Matches(WithoutBlocks).Select(heading => heading.Groups[1].Length);

    /// <summary>The lines of the fenced blocks, without their comments.</summary>
    public IEnumerable<string> BlockLines => Blocks().Matches(Text)
        .SelectMany(block => block.Value.Split('\n'))
        .Select(line => Comment().Replace(line, "").TrimEnd())
        .Where(line => line.Length > 0);

    /// <summary>What stands in backticks in the running text.</summary>
    public IEnumerable<string> Spans => Span().Matches(WithoutBlocks).Select(span => span.Groups[1].Value);

    /// <summary>What is typed to call the build, anywhere in the document: what follows <c>./build.sh</c>.</summary>
    public IEnumerable<string> Calls => BlockLines.Concat(Spans)
        .SelectMany(text => Call().Matches(text))
        .Select(call => call.Groups[1].Value.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Trim())
        .Where(call => call is not ("" or "…"));

    /// <summary>Links to files of this repository.</summary>
    public IEnumerable<string> Links => Link().Matches(WithoutBlocks).Select(link => link.Groups[1].Value);

    /// <summary>The rows of all tables.</summary>
    public IEnumerable<string> TableRows => WithoutBlocks.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal));

    private string WithoutBlocks => Blocks().Replace(Text, "");

    public static MarkdownFile Read(string path) => new(path, RepositoryFiles.Read(path));

    /// <summary>The first cell's backticked words of each row.</summary>
    public IEnumerable<string> FirstCells => TableRows.Select(row => string.Join(' ', Span().Matches(row.Split(" | ")[0]).Select(span => span.Groups[1].Value)));

    [GeneratedRegex("^(#+) ", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"(^|\s)#\s.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"\./build\.sh([^`\n|;,()]*)")]
    private static partial Regex Call();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)")]
    private static partial Regex Link();
}
