using DifyUpgrade.Parameters;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DifyUpgrade.Planning;

/// <summary>Reads the values files as far as a run needs them: that helm will be able to, and which values are secret.</summary>
internal static class ValuesFileReader
{
    /// <summary>Reads all values files.</summary>
    /// <param name="parameters">Names the files.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>The secret values in them.</returns>
    public static IReadOnlyList<string> ReadSecrets(DeploymentParameters parameters, ICollection<Finding> findings)
    {
        List<string> secrets = [];
        foreach (var file in parameters.ValuesFiles)
        {
            if (Load(file, parameters.Display(file), findings) is { } values)
                SecretValues.Collect(values, SecretValues.IsSecretFile(file), secrets);
        }

        return secrets;
    }

    private static YamlMappingNode? Load(string file, string shown, ICollection<Finding> findings)
    {
        if (!File.Exists(file))
        {
            var seen = Directory.Exists(file) ? "This values file is a folder" : "This values file does not exist";
            findings.Add(Finding.Error(seen, shown, RemedyForMissing(file, shown)));
            return null;
        }

        try
        {
            using var text = new StreamReader(file);
            var yaml = new YamlStream();
            yaml.Load(text);
            if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is YamlScalarNode { Value: null or "" })
                return null;
            if (yaml.Documents is [{ RootNode: YamlMappingNode values }])
                return values;
            findings.Add(Finding.Error("This values file is not one mapping of keys to values", shown + ":1:1", "Write it as key: value lines"));
        }
        catch (YamlException e) when (e.InnerException is ArgumentException)
        {
            findings.Add(Finding.Error("This values file has the same key twice in one mapping", $"{shown}:{e.Start.Line}:{e.Start.Column}", "Keep one of them; helm would take the last without a word"));
        }
        catch (YamlException e)
        {
            // The parser's own message may quote the file, which may be the one with the secrets.
            findings.Add(Finding.Error("This values file is not YAML", $"{shown}:{e.Start.Line}:{e.Start.Column}", "Mend the line; look for a tab, a missing ':' or an unclosed quote"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Add(Finding.Error("This values file cannot be read: " + e.Message, shown, "Check its permissions: ls -l " + shown));
        }

        return null;
    }

    private static string RemedyForMissing(string file, string shown)
    {
        var example = Path.ChangeExtension(file, ".example.yaml");
        return File.Exists(example)
            ? $"cp {Path.ChangeExtension(shown, ".example.yaml")} {shown}   and fill it in"
            : "Create it, or name others: --values-files values-dify.yaml values-secrets.yaml values-dify-prod.yaml";
    }
}
