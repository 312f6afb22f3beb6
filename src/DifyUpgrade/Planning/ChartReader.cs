using DifyUpgrade.Parameters;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DifyUpgrade.Planning;

/// <summary>Reads Chart.yaml and sees whether the chart is complete.</summary>
internal static class ChartReader
{
    /// <summary>Reads the chart's description.</summary>
    /// <param name="parameters">Names the chart.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>The description, or null when there is none to read.</returns>
    public static ChartDescription? Read(DeploymentParameters parameters, ICollection<Finding> findings)
    {
        var file = Path.Combine(parameters.Chart, "Chart.yaml");
        var shown = parameters.Display(file);
        if (!File.Exists(file))
        {
            var seen = Directory.Exists(parameters.Chart) ? "This folder holds no Chart.yaml" : "This chart folder does not exist";
            findings.Add(Finding.Error(seen, parameters.Display(parameters.Chart), "Name the chart's folder: --chart charts/dify"));
            return null;
        }

        try
        {
            using var text = new StreamReader(file);
            var yaml = new YamlStream();
            yaml.Load(text);
            if (yaml.Documents is [{ RootNode: YamlMappingNode chart }])
            {
                CheckDependencies(chart, parameters, findings);
                return new ChartDescription(Text(chart, "name"), Text(chart, "version"), Text(chart, "appVersion"));
            }

            findings.Add(Finding.Error("Chart.yaml is not a mapping", shown + ":1:1", "Write at least apiVersion, name and version"));
        }
        catch (YamlException e)
        {
            findings.Add(Finding.Error("Chart.yaml is not YAML: " + e.Message, $"{shown}:{e.Start.Line}:{e.Start.Column}", "Mend the line"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Add(Finding.Error("Chart.yaml cannot be read: " + e.Message, shown, "Check its permissions: ls -l " + shown));
        }

        return null;
    }

    private static void CheckDependencies(YamlMappingNode chart, DeploymentParameters parameters, ICollection<Finding> findings)
    {
        if (!chart.Children.TryGetValue("dependencies", out var node) || node is not YamlSequenceNode dependencies)
            return;

        var folder = Path.Combine(parameters.Chart, "charts");
        List<string> missing = [.. dependencies.OfType<YamlMappingNode>()
            .Select(dependency => Text(dependency, "name"))
            .Where(name => !IsPresent(folder, name))];
        if (missing.Count > 0)
        {
            findings.Add(Finding.Error(
                $"The chart depends on {string.Join(", ", missing)}, not found in its charts/ folder",
                parameters.Display(Path.Combine(parameters.Chart, "Chart.yaml")),
                $"helm dependency build {parameters.Display(parameters.Chart)}"));
        }
    }

    private static bool IsPresent(string folder, string name) =>
        Directory.Exists(Path.Combine(folder, name))
        || (Directory.Exists(folder) && Directory.EnumerateFiles(folder, name + "-*.tgz").Any());

    private static string Text(YamlMappingNode mapping, string key) =>
        mapping.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { } text } ? text : "";
}
