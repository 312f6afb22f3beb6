using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DifyUpgrade.Cluster;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Diagnosis;

/// <summary>Writes the evidence to <c>artifacts/diagnosis/</c>, or beside it while another run has that; without secrets.</summary>
/// <param name="access">The release.</param>
internal sealed class DiagnosisFolder(ReleaseAccess access)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private readonly SecretMask _mask = new();

    /// <summary>The folder, absolute.</summary>
    public string Path { get; } = access.Artifacts.Diagnosis;

    /// <summary>Reads evidence that was written.</summary>
    /// <param name="json">The text of an <c>evidence.json</c>.</param>
    /// <returns>The evidence.</returns>
    public static FailureEvidence Read(string json) => JsonSerializer.Deserialize<FailureEvidence>(json, Json)!;

    /// <summary>Writes it all; what an earlier run left goes.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="summary">What it comes to, for a person.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When written.</returns>
    public async Task WriteAsync(FailureEvidence evidence, string summary, CancellationToken cancellation)
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        await WriteAsync("summary.txt", summary, cancellation);
        await WriteAsync("evidence.json", JsonSerializer.Serialize(evidence, Json), cancellation);
        await WriteAsync("events.txt", string.Join('\n', evidence.Events.Select(Line)), cancellation);
        await WriteAsync("changes.diff", string.Join('\n', access.Journal.Changes.SelectMany(change => change.Lines.Prepend($"--- {change.Kind.ToString().ToLowerInvariant()} {change.Identity}"))), cancellation);
        foreach (var pod in evidence.Pods)
            await WriteAsync(pod, cancellation);
        foreach (var workload in evidence.Rollout?.Workloads ?? [])
            await WriteAsync(workload.Workload, cancellation);
    }

    private async Task WriteAsync(PodEvidence pod, CancellationToken cancellation)
    {
        var folder = System.IO.Path.Combine("pods", pod.State.Name);
        await WriteObjectAsync("v1", "Pod", pod.State.Namespace, pod.State.Name, System.IO.Path.Combine(folder, "pod.yaml"), cancellation);
        foreach (var log in pod.Logs)
            await WriteAsync(System.IO.Path.Combine(folder, $"{log.Container}{(log.Previous ? ".previous" : "")}.log"), string.Join('\n', log.Lines), cancellation);
    }

    private async Task WriteAsync(WorkloadReference workload, CancellationToken cancellation)
    {
        var folder = System.IO.Path.Combine("workloads", $"{workload.Kind.ToString().ToLowerInvariant()}-{workload.Name}");
        await WriteObjectAsync("apps/v1", workload.Kind.ToString(), workload.Namespace, workload.Name, folder + ".yaml", cancellation);
        if (workload.Kind != WorkloadKind.Deployment || await access.Cluster.Workloads.ReadAsync(workload, cancellation) is not { } state)
            return;
        var sets = await access.Cluster.ReplicaSets.ListAsync(state, cancellation);
        await WriteAsync(folder + ".replicasets.txt", string.Join('\n', sets.Select(set => $"{set.Name} revision {set.Revision}: {set.Desired} desired, {set.Replicas} there, {set.Ready} ready")), cancellation);
    }

    private async Task WriteObjectAsync(string apiVersion, string kind, string space, string name, string file, CancellationToken cancellation)
    {
        if (await access.Cluster.Objects.ReadAsync(apiVersion, kind, space, name, cancellation) is not { } body)
            return;
        (body["metadata"] as System.Text.Json.Nodes.JsonObject)?.Remove("managedFields");
        await WriteAsync(file, ManifestYaml.Write(_mask.Apply(body, access.Redactor)), cancellation);
    }

    private async Task WriteAsync(string file, string text, CancellationToken cancellation)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, access.Redactor.Redact(text.TrimEnd('\n')) + "\n", cancellation);
    }

    private static string Line(ClusterEvent happening) =>
        $"{happening.Time:HH:mm:ss} {happening.Type} {happening.Reason} {happening.Object} ×{happening.Count}: {happening.Message}";
}
