using Xunit;
using YamlDotNet.RepresentationModel;

namespace DifyUpgrade.Tests.Charts;

/// <summary>What <c>helm template</c> printed, addressed by kind and name.</summary>
internal sealed class RenderedChart
{
    private readonly List<YamlNode> _objects;

    private RenderedChart(List<YamlNode> objects) => _objects = objects;

    public static string[] ProductionValues { get; } =
        ["-f", "values-dify.yaml", "-f", "values-secrets.example.yaml", "-f", "values-dify-prod.yaml"];

    /// <summary>The production values and then <paramref name="more"/>, which win.</summary>
    public static async Task<RenderedChart> Of(string release, params string[] more)
    {
        var result = await HelmProcess.Run(["template", release, "charts/dify", .. ProductionValues, .. more]);
        Assert.True(result.ExitCode == 0, result.Error);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(result.Output));
        return new RenderedChart([.. yaml.Documents.Select(document => document.RootNode)]);
    }

    /// <summary>"Kind/name" of every object, sorted.</summary>
    public IEnumerable<string> Names =>
        _objects.Select(item => $"{Text(item, "kind")}/{Text(item, "metadata", "name")}").Order(StringComparer.Ordinal);

    public YamlNode Find(string kind, string name) =>
        Assert.Single(_objects, item => Text(item, "kind") == kind && Text(item, "metadata", "name") == name);

    public YamlNode Container(string workload) =>
        At(Find("Deployment", workload), "spec", "template", "spec", "containers", "0");

    /// <summary>Follows keys and, in a sequence, indexes.</summary>
    public static YamlNode At(YamlNode node, params string[] path) =>
        path.Aggregate(node, (at, step) => at is YamlSequenceNode list ? list[int.Parse(step)] : at[step]);

    public static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)At(node, path)).Value ?? "";

    public static bool Has(YamlNode node, string key) => ((YamlMappingNode)node).Children.ContainsKey(key);

    /// <summary>A mapping of scalars as "key=value", sorted.</summary>
    public static string Pairs(YamlNode node) =>
        string.Join(",", ((YamlMappingNode)node).Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));

    /// <summary>The mappings of a sequence, each as in <see cref="Pairs"/>.</summary>
    public static IEnumerable<string> Items(YamlNode node) => ((YamlSequenceNode)node).Select(Pairs);
}
