using k8s.KubeConfigModels;
using YamlDotNet.RepresentationModel;

namespace DifyUpgrade.Cluster;

/// <summary>
/// Brings a kubeconfig file to what the library can use: paths made absolute, and a <c>tokenFile</c>, which the
/// library's model does not know, read into the token. A kubeconfig that works with kubectl and helm must work here.
/// </summary>
internal static class KubeconfigExtras
{
    /// <summary>Changes the file's entries in place.</summary>
    /// <param name="file">The kubeconfig as the library read it.</param>
    /// <param name="text">The same file's text.</param>
    /// <param name="folder">The folder that its relative paths start from.</param>
    public static void Apply(K8SConfiguration file, string text, string folder)
    {
        foreach (var endpoint in (file.Clusters ?? []).Select(cluster => cluster.ClusterEndpoint).OfType<ClusterEndpoint>())
            endpoint.CertificateAuthority = Absolute(endpoint.CertificateAuthority, folder);

        var users = (file.Users ?? []).ToList();
        foreach (var credentials in users.Select(user => user.UserCredentials).OfType<UserCredentials>())
        {
            credentials.ClientCertificate = Absolute(credentials.ClientCertificate, folder);
            credentials.ClientKey = Absolute(credentials.ClientKey, folder);

            // As client-go: only a command with a folder in it is a path; a bare one is looked up in PATH.
            if (credentials.ExternalExecution?.Command?.Contains('/', StringComparison.Ordinal) == true)
                credentials.ExternalExecution.Command = Absolute(credentials.ExternalExecution.Command, folder);
        }

        foreach (var (name, tokenFile) in Settings(text, "users", "user", "tokenFile"))
        {
            var user = users.FirstOrDefault(user => user.Name == name);
            var path = Absolute(tokenFile, folder);

            // A file that is missing matters only if this user is the one: then there are no credentials, and that is told.
            if (user is null || !File.Exists(path))
                continue;
            user.UserCredentials ??= new();
            user.UserCredentials.Token = File.ReadAllText(path).Trim();
        }
    }

    /// <summary>One setting of each named entry of a kubeconfig list, for settings the library's model lacks.</summary>
    /// <param name="text">The kubeconfig's text.</param>
    /// <param name="list"><c>users</c> or <c>clusters</c>.</param>
    /// <param name="entry">The entry's inner mapping, such as <c>user</c>.</param>
    /// <param name="setting">The setting's name.</param>
    /// <returns>Entry name and value, where the setting is there.</returns>
    public static IEnumerable<(string Name, string Value)> Settings(string text, string list, string entry, string setting)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }, ..] || Child(root, list) is not YamlSequenceNode entries)
            yield break;
        foreach (var item in entries.OfType<YamlMappingNode>())
        {
            if (Child(item, "name") is YamlScalarNode { Value: { } name }
                && Child(item, entry) is YamlMappingNode inner
                && Child(inner, setting) is YamlScalarNode { Value: { Length: > 0 } value })
            {
                yield return (name, value);
            }
        }
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string Absolute(string path, string folder) =>
        string.IsNullOrEmpty(path) ? path : Path.GetFullPath(path, folder);
}
