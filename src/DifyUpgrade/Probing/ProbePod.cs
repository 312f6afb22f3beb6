using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Probing;

/// <summary>
/// Writes the pod that asks an image: no service account token, no rights, a read-only root, and all that Pod Security
/// "restricted" demands. The candidate lies beside the image's own file, so that both can be read.
/// </summary>
internal static class ProbePod
{
    /// <summary>The container's name.</summary>
    public const string Container = "probe";

    private const string CodeFolder = "/app/api";
    private const string CandidateFolder = "/dify-upgrade/candidate";

    // The user of Dify's images since 1.10.1; any other can read the code as well.
    private const int User = 1001;

    // What it takes to get the image and a node for it.
    private static readonly string[] Taken = ["imagePullSecrets", "nodeSelector", "tolerations", "affinity"];

    /// <summary>Writes the pod.</summary>
    /// <param name="name">The name of the pod, and of the ConfigMap with the candidates.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="limit">After how long Kubernetes ends it by itself.</param>
    /// <returns>The manifest.</returns>
    public static JsonObject Write(string name, IReadOnlyDictionary<string, string> labels, ProbeRequest request, TimeSpan limit)
    {
        var spec = new JsonObject
        {
            ["restartPolicy"] = "Never",
            ["automountServiceAccountToken"] = false,
            ["enableServiceLinks"] = false,
            ["activeDeadlineSeconds"] = (int)Math.Max(1, limit.TotalSeconds),
            ["terminationGracePeriodSeconds"] = 1,
            ["securityContext"] = new JsonObject
            {
                ["runAsNonRoot"] = true,
                ["runAsUser"] = User,
                ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
            },
            ["containers"] = new JsonArray(ContainerOf(request)),
        };
        if (request.Files.Count > 0)
            spec["volumes"] = new JsonArray(new JsonObject { ["name"] = "candidate", ["configMap"] = new JsonObject { ["name"] = name } });
        foreach (var taken in Taken)
        {
            if (request.PodSpec?[taken] is { } value)
                spec[taken] = value.DeepClone();
        }

        var labelled = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = labelled },
            ["spec"] = spec,
        };
    }

    private static JsonObject ContainerOf(ProbeRequest request)
    {
        var asked = request.Modules.Select(module => new { module = module.Module, candidate = module.Key is null ? null : $"{CandidateFolder}/{module.Key}" });
        var container = new JsonObject
        {
            ["name"] = Container,
            ["image"] = request.Image,
            ["command"] = new JsonArray("python", "-I", "-B", "-c", EmbeddedFile.Read("DifyUpgrade.Probing.prompt_probe.py"), CodeFolder, JsonSerializer.Serialize(asked)),
            ["resources"] = new JsonObject
            {
                ["requests"] = new JsonObject { ["cpu"] = "50m", ["memory"] = "128Mi" },
                ["limits"] = new JsonObject { ["cpu"] = "1", ["memory"] = "512Mi" },
            },
            ["securityContext"] = new JsonObject
            {
                ["allowPrivilegeEscalation"] = false,
                ["readOnlyRootFilesystem"] = true,
                ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
            },
        };
        if (request.Files.Count > 0)
            container["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "candidate", ["mountPath"] = CandidateFolder, ["readOnly"] = true });
        if (PullPolicyOf(request) is { } policy)
            container["imagePullPolicy"] = policy.DeepClone();
        return container;
    }

    private static JsonNode? PullPolicyOf(ProbeRequest request) => (request.PodSpec?["containers"] as JsonArray ?? [])
        .OfType<JsonObject>()
        .FirstOrDefault(container => container["image"]?.ToString() == request.Image)?["imagePullPolicy"];
}
