using k8s.KubeConfigModels;

namespace DifyUpgrade.Cluster;

/// <summary>Decides which cluster a run works on, by the rules of kubectl.</summary>
internal static class KubeconfigReader
{
    private const string InCluster = "in-cluster";

    /// <summary>
    /// Finds the kubeconfig (the value, else KUBECONFIG, else ~/.kube/config, else the pod's service account) and the
    /// context in it.
    /// </summary>
    /// <param name="kubeconfig">A path or list of paths, as KUBECONFIG takes; null to search.</param>
    /// <param name="context">The context to use; null for the current one.</param>
    /// <param name="environment">The machine, or a test's stand-in.</param>
    /// <returns>The cluster to work on.</returns>
    /// <exception cref="DeploymentException">No file, a broken file, or no such context; nothing was contacted.</exception>
    public static ClusterTarget Resolve(string? kubeconfig, string? context, KubeconfigEnvironment environment)
    {
        var paths = FindPaths(kubeconfig, environment);
        if (paths.Count == 0)
            return ResolveInCluster(context, environment);
        return Describe(KubeconfigFiles.Load(paths), context, paths);
    }

    private static List<string> FindPaths(string? kubeconfig, KubeconfigEnvironment environment)
    {
        if (!string.IsNullOrWhiteSpace(kubeconfig))
            return ExistingOf(kubeconfig, "the kubeconfig parameter", environment);
        if (environment.Variable("KUBECONFIG") is { } variable && !string.IsNullOrWhiteSpace(variable))
            return ExistingOf(variable, "KUBECONFIG", environment);
        var usual = Path.Combine(environment.HomeDirectory, ".kube", "config");
        return File.Exists(usual) ? [usual] : [];
    }

    private static List<string> ExistingOf(string list, string source, KubeconfigEnvironment environment)
    {
        var named = list.Split(environment.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(path => Expand(path.Trim('"'), environment.HomeDirectory))
            .ToList();

        // kubectl skips files of a list that do not exist, so that one list suits several machines; none at all is a slip.
        var existing = named.Where(File.Exists).ToList();
        if (existing.Count > 0)
            return existing;
        throw Failure([.. named.Select(path => Finding.Error(
            $"the kubeconfig named by {source} does not exist",
            path,
            "correct the path, or leave it out to use ~/.kube/config"))]);
    }

    private static string Expand(string path, string home)
    {
        if (path == "~")
            return home;
        var rest = path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal);
        return Path.GetFullPath(rest ? Path.Combine(home, path[2..]) : path);
    }

    private static ClusterTarget ResolveInCluster(string? context, KubeconfigEnvironment environment)
    {
        var usual = Path.Combine(environment.HomeDirectory, ".kube", "config");
        if (!environment.InCluster())
            throw Failure([Finding.Error("there is no kubeconfig", usual, "set --kubeconfig or KUBECONFIG to the cluster's kubeconfig")]);
        if (context is not null && context != InCluster)
        {
            throw Failure([Finding.Error(
                $"there is no kubeconfig that could have the context \"{context}\"; only the pod's service account is there",
                usual,
                "leave the context out, or set KUBECONFIG")]);
        }

        var host = environment.Variable("KUBERNETES_SERVICE_HOST") ?? "";
        var port = environment.Variable("KUBERNETES_SERVICE_PORT") ?? "443";
        return new()
        {
            Context = InCluster,
            Cluster = InCluster,
            Server = $"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}/",
            KubeconfigPaths = [],
            InCluster = true,
        };
    }

    private static ClusterTarget Describe(K8SConfiguration merged, string? wanted, IReadOnlyList<string> paths)
    {
        var context = PickContext(merged, wanted, string.Join(", ", paths));
        var details = context.ContextDetails;
        var cluster = merged.Clusters.FirstOrDefault(cluster => cluster.Name == details?.Cluster);
        var problems = Problems(merged, context, cluster, paths).ToList();
        if (problems.Count > 0)
            throw Failure(problems);

        return new()
        {
            Context = context.Name,
            Cluster = details!.Cluster,
            Server = new Uri(cluster!.ClusterEndpoint.Server)
                .GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
            User = string.IsNullOrEmpty(details.User) ? null : details.User,
            Namespace = string.IsNullOrEmpty(details.Namespace) ? null : details.Namespace,
            KubeconfigPaths = paths,
        };
    }

    private static Context PickContext(K8SConfiguration merged, string? wanted, string where)
    {
        var names = merged.Contexts.Select(context => context.Name).Order(StringComparer.Ordinal).ToList();
        var choice = names.Count == 0 ? "add a context to the kubeconfig; it has none" : $"use one of: {string.Join(", ", names)}";
        var name = string.IsNullOrEmpty(wanted) ? merged.CurrentContext : wanted;
        if (string.IsNullOrEmpty(name))
            throw Failure([Finding.Error("the kubeconfig has no current-context and none was asked for", where, choice)]);
        return merged.Contexts.FirstOrDefault(context => context.Name == name)
            ?? throw Failure([Finding.Error($"the kubeconfig has no context \"{name}\"", where, choice)]);
    }

    private static IEnumerable<Finding> Problems(
        K8SConfiguration merged, Context context, k8s.KubeConfigModels.Cluster? cluster, IReadOnlyList<string> paths)
    {
        var where = $"{string.Join(", ", paths)}, context {context.Name}";
        var server = cluster?.ClusterEndpoint?.Server;
        if (cluster is null)
        {
            yield return Finding.Error(
                $"the context names the cluster \"{context.ContextDetails?.Cluster}\", which is not there", where, "add the cluster or choose another context");
        }
        else if (!Uri.TryCreate(server, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            yield return Finding.Error(
                $"the cluster \"{cluster.Name}\" has no usable server address", where, "set its server to https://<host>:<port>");
        }

        var user = context.ContextDetails?.User;
        if (!string.IsNullOrEmpty(user) && merged.Users.All(entry => entry.Name != user))
            yield return Finding.Error($"the context names the user \"{user}\", which is not there", where, "add the user or choose another context");
    }

    private static DeploymentException Failure(IReadOnlyList<Finding> findings) => new(ExitCode.NothingChanged, findings);
}
