using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Jobs;

/// <summary>The indexes of an Indexed Job: each is to succeed once, in a pod that knows its index.</summary>
internal sealed class JobIndexes
{
    private const string Key = "batch.kubernetes.io/job-completion-index";

    private readonly StoredObject _job;
    private readonly HashSet<int> _active;

    /// <summary>Looks at a Job's pods.</summary>
    public JobIndexes(StoredObject job, IReadOnlyList<StoredObject> pods)
    {
        _job = job;
        _active = [.. pods.Where(pod => PodFacts.Of(pod).IsActive).Select(Of).OfType<int>()];
        Completed = [.. pods.Where(pod => PodFacts.Of(pod).Phase == "Succeeded").Select(Of).OfType<int>()];
    }

    /// <summary>Those that have succeeded.</summary>
    public SortedSet<int> Completed { get; }

    /// <summary>Those that have succeeded, as the status writes them: <c>0-2,5</c>.</summary>
    public string Text
    {
        get
        {
            var parts = new List<string>();
            foreach (var (first, last) in Runs())
                parts.Add(first == last ? $"{first}" : last == first + 1 ? $"{first},{last}" : $"{first}-{last}");
            return string.Join(',', parts);
        }
    }

    /// <summary>The lowest ones that neither have a pod nor are done.</summary>
    public IEnumerable<int> Missing =>
        Enumerable.Range(0, (int)(_job.Body.Number("spec", "completions") ?? 0)).Where(index => !_active.Contains(index) && !Completed.Contains(index));

    /// <summary>A pod for an index.</summary>
    public JsonObject Pod(int index)
    {
        var body = PodCreation.FromTemplate(_job, _job.Body.At("spec", "template"), RandomSuffix.Name($"{_job.Name}-{index}-"));
        var metadata = body.Child("metadata");
        metadata["generateName"] = $"{_job.Name}-{index}-";
        metadata.Child("annotations")[Key] = $"{index}";
        metadata.Child("labels")[Key] = $"{index}";
        var spec = body.Child("spec");
        spec["hostname"] ??= $"{_job.Name}-{index}";
        foreach (var container in spec.Items("initContainers").Concat(spec.Items("containers")))
            TellIndex(container);
        return body;
    }

    private static void TellIndex(JsonObject container)
    {
        if (container["env"] is not JsonArray env)
            container["env"] = env = [];
        if (!env.OfType<JsonObject>().Any(variable => variable.Text("name") == "JOB_COMPLETION_INDEX"))
            env.Add(new JsonObject { ["name"] = "JOB_COMPLETION_INDEX", ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = $"metadata.labels['{Key}']" } } });
    }

    private static int? Of(StoredObject pod) => int.TryParse(pod.Body.Text("metadata", "annotations", Key), out var index) ? index : null;

    private IEnumerable<(int First, int Last)> Runs()
    {
        (int First, int Last)? run = null;
        foreach (var index in Completed)
        {
            if (run is { } open && index == open.Last + 1)
            {
                run = (open.First, index);
                continue;
            }

            if (run is { } done)
                yield return done;
            run = (index, index);
        }

        if (run is { } last)
            yield return last;
    }
}
