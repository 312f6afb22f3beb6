using System.Net;
using System.Security.Cryptography.X509Certificates;
using k8s;
using k8s.KubeConfigModels;

namespace DifyUpgrade.Cluster;

/// <summary>What it takes to talk to a cluster. Holds credentials: never printed, never leaves this folder.</summary>
internal sealed class ClusterAccess
{
    private const int ShortestCredential = 8;

    private ClusterAccess(KubernetesClientConfiguration configuration, UserCredentials? user)
    {
        Configuration = configuration;
        User = user?.Impersonate is { Length: > 0 } name ? name : null;
        Group = user?.ImpersonateGroups?.SingleOrDefault();
    }

    /// <summary>The library's configuration.</summary>
    public KubernetesClientConfiguration Configuration { get; }

    /// <summary>The user to impersonate; kubectl and helm obey it, the library only reads it.</summary>
    public string? User { get; }

    /// <summary>The group to impersonate. One at most: .NET joins several in one header line, which Kubernetes would read as one odd name.</summary>
    public string? Group { get; }

    /// <summary>Collects the credentials of a target; may run the kubeconfig's credential plugin.</summary>
    /// <param name="target">The cluster to talk to.</param>
    /// <param name="redactor">Takes secrets out of what a plugin's failure says.</param>
    /// <returns>The access.</returns>
    /// <exception cref="DeploymentException">The credentials cannot be had.</exception>
    public static ClusterAccess Of(ClusterTarget target, Redactor redactor)
    {
        if (target.InCluster)
            return new(KubernetesClientConfiguration.InClusterConfig(), null);

        var merged = KubeconfigFiles.Load(target.KubeconfigPaths);
        var user = merged.Users.FirstOrDefault(user => user.Name == target.User)?.UserCredentials;
        try
        {
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(merged, target.Context);
            redactor.Learn(new[] { configuration.AccessToken, configuration.Password }.OfType<string>().Where(credential => credential.Length >= ShortestCredential));
            var proxy = ProxyOf(target);
            configuration.FirstMessageHandlerSetup = handler =>
            {
                handler.SslOptions.CertificateChainPolicy = PolicyOf(configuration.SslCaCerts);
                if (proxy is not null)
                    handler.Proxy = new WebProxy(proxy);
            };
            return new(configuration, user);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The library throws bare Exceptions here, so the type tells nothing.
            throw new DeploymentException(ExitCode.NothingChanged, Explain(failure, target, user, redactor));
        }
    }

    // Without it each handshake sorts through all certificates of the system, only to learn that the cluster's authority is
    // not among them, and then asks the library: most of what an exec costs this side. The library still has the last word.
    private static X509ChainPolicy? PolicyOf(X509Certificate2Collection? authorities)
    {
        if (authorities is not { Count: > 0 })
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static string? ProxyOf(ClusterTarget target) => target.KubeconfigPaths
        .SelectMany(path => KubeconfigExtras.Settings(File.ReadAllText(path), "clusters", "cluster", "proxy-url"))
        .Where(setting => setting.Name == target.Cluster)
        .Select(setting => setting.Value)
        .FirstOrDefault();

    private static Finding Explain(Exception failure, ClusterTarget target, UserCredentials? user, Redactor redactor)
    {
        // The library quotes the variable's value, which may be a secret, when a plugin's env entry is malformed.
        var why = failure.Message.StartsWith("Invalid environment variable", StringComparison.Ordinal)
            ? "an env entry of the credential plugin lacks its name or value"
            : OneLine.Of(failure.Message, redactor);
        var command = user?.ExternalExecution?.Command;
        return Finding.Error(
            $"the credentials of user \"{target.User}\" cannot be had: {why}",
            string.Join(", ", target.KubeconfigPaths),
            command is null ? "renew the credentials (`kubectl get pods` must work with this context)" : $"log in again and check that `{command}` runs");
    }
}
