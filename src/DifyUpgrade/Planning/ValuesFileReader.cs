using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DifyUpgrade.Planning;

/// <summary>Reads the values files as far as a run needs them: that helm will be able to, and which values are secret.</summary>
internal static class ValuesFileReader
{
    /// <summary>Reads all values files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>The secret values in them.</returns>
    public static IReadOnlyList<string> ReadSecrets(IEnumerable<ValuesFile> files, ICollection<Finding> findings)
    {
        List<string> secrets = [];
        foreach (var file in files)
        {
            if (Parse(file, findings) is { } values)
                SecretValues.Collect(values, file.IsSecret, secrets);
        }

        return secrets;
    }

    private static YamlMappingNode? Parse(ValuesFile file, ICollection<Finding> findings)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(file.Text));
            if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is YamlScalarNode { Value: null or "" })
                return null;
            if (yaml.Documents is [{ RootNode: YamlMappingNode values }])
                return values;
            findings.Add(Finding.Error("This values file is not one mapping of keys to values", file.Shown + ":1:1", "Write it as key: value lines"));
        }
        catch (YamlException e) when (e.InnerException is ArgumentException)
        {
            findings.Add(Finding.Error("This values file has the same key twice in one mapping", $"{file.Shown}:{e.Start.Line}:{e.Start.Column}", "Keep one of them; helm would take the last without a word"));
        }
        catch (YamlException e)
        {
            // The parser's own message may quote the file, which may be the one with the secrets.
            findings.Add(Finding.Error("This values file is not YAML", $"{file.Shown}:{e.Start.Line}:{e.Start.Column}", "Mend the line; look for a tab, a missing ':' or an unclosed quote"));
        }

        return null;
    }
}
