using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace DifyUpgrade.Tests.Repository;

/// <summary>One file of <c>.github/workflows</c>.</summary>
internal sealed record WorkflowFile(string Name, string Text, YamlMappingNode Root)
{
    public IEnumerable<(string Name, YamlMappingNode Job)> Jobs => ((YamlMappingNode)Root["jobs"]).Children.Select(job => (job.Key.ToString(), (YamlMappingNode)job.Value));

    public IEnumerable<(string Job, YamlMappingNode Step)> Steps => Jobs.SelectMany(job => ((YamlSequenceNode)job.Job["steps"]).Children.Select(step => (job.Name, (YamlMappingNode)step)));

    /// <summary>The lines after <c>run:</c>.</summary>
    public IEnumerable<string> Runs => Steps.Select(step => TextOf(step.Step, "run")).OfType<string>();

    /// <summary>The lines after <c>uses:</c>, with the comment behind.</summary>
    public IEnumerable<string> Uses => Regex.Matches(Text, @"^\s*(?:- )?uses: (.*)$", RegexOptions.Multiline).Select(line => line.Groups[1].Value);

    public static IReadOnlyList<WorkflowFile> All() => [.. Directory.EnumerateFiles(RepositoryFiles.At(".github/workflows")).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>A value that is a text; null where there is none.</summary>
    public static string? TextOf(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    /// <summary>A mapping's entries as texts; none where there is no such mapping.</summary>
    public static IReadOnlyDictionary<string, string> Entries(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value)
        ? ((YamlMappingNode)value).Children.ToDictionary(entry => entry.Key.ToString(), entry => entry.Value.ToString())
        : new Dictionary<string, string>();

    private static WorkflowFile Read(string file)
    {
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return new(Path.GetFileName(file), text, (YamlMappingNode)stream.Documents.Single().RootNode);
    }
}
