using System.Security.Cryptography;
using DifyUpgrade.Cluster;
using DifyUpgrade.Prompts;

namespace DifyUpgrade.Probing;

/// <summary>Asks an image which names its code imports, in a pod that lives as long as the question.</summary>
/// <param name="access">The cluster and the release.</param>
internal sealed class ImageProbe(ReleaseAccess access)
{
    /// <summary>The label that leftovers are found by; its value is the release.</summary>
    public const string ReleaseLabel = "dify-upgrade/probe-of";

    private const string NameLabel = "dify-upgrade/probe";
    private const int LogLines = 200;

    // The deletion has this long even when the run was interrupted: a pod that is left behind is worse than a short wait.
    private static readonly TimeSpan CleaningLimit = TimeSpan.FromSeconds(20);

    private static readonly string[] HopelessReasons = ["ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "RunContainerError", "CreateContainerError"];

    /// <summary>Asks.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="cancellation">Interrupts it; pod and ConfigMap are deleted all the same.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="DeploymentException">The image gave none; nothing of the release was changed.</exception>
    public async Task<ProbeReport> RunAsync(ProbeRequest request, CancellationToken cancellation)
    {
        var name = $"dify-prompts-probe-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        access.Log.Information("Asking the image {Image:l} in pod/{Pod:l}, which is deleted when it has answered", request.Image, name);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["app.kubernetes.io/managed-by"] = "dify-upgrade",
            [ReleaseLabel] = access.Parameters.Release,
            [NameLabel] = name,
        };
        try
        {
            if (request.Files.Count > 0)
                await access.Cluster.ConfigMaps.ApplyAsync(new ConfigMapWish { Namespace = access.Namespace, Name = name, Files = request.Files, Labels = labels }, dryRun: false, cancellation);
            await access.Cluster.Pods.CreateAsync(access.Namespace, ProbePod.Write(name, labels, request, access.Parameters.Timeout), cancellation);
            var pod = await EndOfAsync(name, cancellation);
            return await AnswerOfAsync(pod, request, cancellation);
        }
        finally
        {
            await DeleteAsync(name, request.Files.Count > 0);
        }
    }

    private async Task<PodState> EndOfAsync(string name, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(access.Parameters.Timeout, access.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        PodState? last = null;
        try
        {
            await foreach (var change in access.Cluster.Pods.WatchAsync(access.Namespace, $"{NameLabel}={name}", either.Token))
            {
                last = change.Item;
                if (change.Kind == ChangeKind.Deleted)
                    throw Failed($"pod/{name} was deleted before it answered", name, "Try again; see who deletes it: kubectl get events");
                if (last.Phase is "Succeeded" or "Failed" || last.Containers.Any(container => HopelessReasons.Contains(container.Reason)))
                    return last;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Told below, with what the pod was last seen at.
        }

        cancellation.ThrowIfCancellationRequested();
        var seen = last?.NotScheduled ?? last?.Containers.Select(container => $"{container.State} {container.Reason}".Trim()).FirstOrDefault() ?? "it was not seen at all";
        throw Failed($"pod/{name} did not end within {access.Parameters.Timeout:g}: {seen}", name, "Give it more time: --timeout 20m; or go without: leave --probe-image out");
    }

    private async Task<ProbeReport> AnswerOfAsync(PodState pod, ProbeRequest request, CancellationToken cancellation)
    {
        var container = new ContainerReference(pod.Namespace, pod.Name, ProbePod.Container);
        var log = pod.Phase is "Succeeded" or "Failed" ? await access.Cluster.PodLogs.TailAsync(container, LogLines, previous: false, cancellation) ?? [] : [];
        if (ProbeReport.Read(log) is { } report)
            return report;

        var state = pod.Containers.Count > 0 ? pod.Containers[0] : null;
        var seen = log.Count > 0 ? string.Join(" | ", log.TakeLast(5)) : $"{pod.Reason} {state?.Reason} {state?.Message}".Trim();
        throw Failed($"The image {request.Image} could not be asked: {seen}", pod.Name, "Check that the image exists and can be pulled: the upgrade would wait for it in vain; or go without: leave --probe-image out");
    }

    private async Task DeleteAsync(string name, bool hasFiles)
    {
        using var limit = new CancellationTokenSource(CleaningLimit, access.Time);
        try
        {
            await access.Cluster.Pods.DeleteAsync(access.Namespace, name, limit.Token);
            if (hasFiles)
                await access.Cluster.ConfigMaps.DeleteAsync(access.Namespace, name, limit.Token);
        }
        catch (Exception failure) when (failure is ClusterException or OperationCanceledException)
        {
            access.Log.Warning(
                "pod/{Pod:l} and the ConfigMap of that name may be left behind ({Failure:l}). kubectl delete pod,configmap -n {Namespace:l} -l {Label:l}={Release:l}",
                name,
                failure.Message,
                access.Namespace,
                ReleaseLabel,
                access.Parameters.Release);
        }
    }

    private DeploymentException Failed(string seen, string pod, string remedy) =>
        new(ExitCode.NothingChanged, Finding.Error(seen, $"pod/{pod} in namespace {access.Namespace}", remedy));
}
