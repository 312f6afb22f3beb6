using k8s;
using k8s.KubeConfigModels;
using YamlDotNet.Core;

namespace DifyUpgrade.Cluster;

/// <summary>
/// Loads kubeconfig files and merges them as kubectl does: of two entries of the same name the first file's wins.
/// The library merges too, but not in public, and it takes every relative path as relative to the first file.
/// </summary>
internal static class KubeconfigFiles
{
    /// <summary>Loads and merges the files.</summary>
    /// <param name="paths">Absolute paths of files, first one strongest.</param>
    /// <returns>The merged kubeconfig, its file references absolute.</returns>
    /// <exception cref="DeploymentException">Some files cannot be read or are not YAML; all of them are named.</exception>
    public static K8SConfiguration Load(IReadOnlyList<string> paths)
    {
        var files = new List<K8SConfiguration>();
        var problems = new List<Finding>();
        foreach (var path in paths)
        {
            var (file, problem) = LoadOne(path);
            if (file is not null)
                files.Add(file);
            if (problem is not null)
                problems.Add(problem);
        }

        if (problems.Count > 0)
            throw new DeploymentException(ExitCode.NothingChanged, problems);
        return new()
        {
            CurrentContext = files.Select(file => file.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name)),
            Contexts = FirstOfEachName(files, file => file.Contexts, context => context.Name),
            Clusters = FirstOfEachName(files, file => file.Clusters, cluster => cluster.Name),
            Users = FirstOfEachName(files, file => file.Users, user => user.Name),
        };
    }

    private static List<T> FirstOfEachName<T>(
        List<K8SConfiguration> files, Func<K8SConfiguration, IEnumerable<T>?> entries, Func<T, string> name) =>
        [.. files.SelectMany(file => entries(file) ?? []).Where(entry => !string.IsNullOrEmpty(name(entry))).DistinctBy(name, StringComparer.Ordinal)];

    private static (K8SConfiguration? File, Finding? Problem) LoadOne(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            var file = KubernetesYaml.Deserialize<K8SConfiguration>(text);
            if (file is null)
                return (null, Finding.Error("the kubeconfig is empty", path, "write the cluster's kubeconfig to it, or name another file"));
            KubeconfigExtras.Apply(file, text, Path.GetDirectoryName(path)!);
            return (file, null);
        }
        catch (YamlException broken)
        {
            return (null, Broken(path, broken.Start, Reason(broken)));
        }
        catch (InvalidOperationException)
        {
            // The parser's own slip on some broken flow mappings; it names no place.
            return (null, Broken(path, LastGoodMark(path), "a { or [ is not closed as it was opened"));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (null, Finding.Error("the kubeconfig cannot be read", path, $"make it readable: {unreadable.Message}"));
        }
    }

    private static Mark LastGoodMark(string path)
    {
        var last = Mark.Empty;
        try
        {
            var parser = new Parser(new StringReader(File.ReadAllText(path)));
            while (parser.MoveNext())
                last = parser.Current!.End;
        }
        catch (InvalidOperationException)
        {
            // Here it broke; what came before is the nearest place there is.
        }

        return last;
    }

    private static string Reason(YamlException broken)
    {
        // Only the parser's own errors are quoted: a conversion error would quote the value, which may be a token.
        return broken is SyntaxErrorException or SemanticErrorException ? broken.Message : "a value is not of the kind that belongs there";
    }

    private static Finding Broken(string path, Mark mark, string why) =>
        Finding.Error(
            $"the kubeconfig is not valid YAML: {why}",
            $"{path}, line {mark.Line}, column {mark.Column}",
            "mend the file; `kubectl config view` must print it without an error");
}
