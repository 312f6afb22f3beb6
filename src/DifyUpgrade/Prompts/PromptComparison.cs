using DiffPlex;
using DifyUpgrade.Prompts.Python;

namespace DifyUpgrade.Prompts;

/// <summary>How a name stands in two files.</summary>
/// <param name="Name">The name.</param>
/// <param name="LocalLine">Its line in the local file; null when it is not there.</param>
/// <param name="ServedLine">Its line in the other file; null when it is not there.</param>
/// <param name="Difference">In words; null when both define it alike.</param>
internal sealed record PromptDifference(string Name, int? LocalLine, int? ServedLine, string? Difference);

/// <summary>Compares two prompts files name by name: order, comments and blank lines between definitions do not count.</summary>
internal static class PromptComparison
{
    /// <summary>Compares.</summary>
    /// <param name="local">The local file.</param>
    /// <param name="served">The file that a pod serves.</param>
    /// <returns>Every name of both, in the local file's order.</returns>
    public static IReadOnlyList<PromptDifference> Of(PythonModule local, PythonModule served)
    {
        var here = local.Names.ToDictionary(name => name.Name, StringComparer.Ordinal);
        var there = served.Names.ToDictionary(name => name.Name, StringComparer.Ordinal);
        return
        [
            .. here.Values.Concat(there.Values).Select(name => name.Name).Distinct(StringComparer.Ordinal).Select(name => new PromptDifference(
                name,
                here.GetValueOrDefault(name)?.Line,
                there.GetValueOrDefault(name)?.Line,
                !there.ContainsKey(name) ? "only in the local file" : !here.ContainsKey(name) ? "only in the pod" : Difference(Definition(local, name), Definition(served, name)))),
        ];
    }

    private static string Definition(PythonModule module, string name) =>
        string.Join('\n', module.Statements.Where(statement => statement.Names.Contains(name)).Select(statement => module.Source.Text[statement.Start..statement.End]));

    private static string? Difference(string local, string served)
    {
        if (local == served)
            return null;
        var blocks = Differ.Instance.CreateLineDiffs(served, local, ignoreWhitespace: false).DiffBlocks;
        var (more, fewer) = (blocks.Sum(block => block.InsertCountB), blocks.Sum(block => block.DeleteCountA));
        var size = $"{Count(more)} only here, {Count(fewer)} only in the pod";
        List<string> fields =
        [
            .. Fields(local).Except(Fields(served)).Select(field => $"{field} only here"),
            .. Fields(served).Except(Fields(local)).Select(field => $"{field} only in the pod"),
        ];
        return fields.Count == 0 ? size : $"{size}; {string.Join(", ", fields)}";
    }

    private static string Count(int lines) => lines == 1 ? "1 line" : $"{lines} lines";

    private static HashSet<string> Fields(string text) => [.. PromptFields.Double(new PythonSource(text), new PythonText([(0, text.Length)])).Select(field => field.Text)];
}
