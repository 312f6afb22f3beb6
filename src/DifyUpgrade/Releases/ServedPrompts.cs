using DifyUpgrade.Cluster;
using DifyUpgrade.Planning;
using DifyUpgrade.Prompts;
using DifyUpgrade.Prompts.Python;
using DifyUpgrade.Rendering;
using DifyUpgrade.Reporting;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Releases;

/// <summary>How a local file differs from what pods serve in its place.</summary>
/// <param name="File">The local file.</param>
/// <param name="Path">The path in the container.</param>
/// <param name="Pods">The pods that serve one and the same content there.</param>
/// <param name="IsEqual">Whether that is the local file, byte by byte.</param>
/// <param name="Names">The names that differ.</param>
internal sealed record ServedDifference(string File, string Path, IReadOnlyList<string> Pods, bool IsEqual, IReadOnlyList<PromptDifference> Names);

/// <summary>The target <c>DiffPrompts</c>: the local files against what running pods serve, name by name.</summary>
/// <param name="access">The release.</param>
internal sealed class ServedPrompts(ReleaseAccess access)
{
    /// <summary>Reads one running pod of each workload, and compares.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>A comparison for each content that is served.</returns>
    public async Task<IReadOnlyList<ServedDifference>> RunAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [];
        var files = PromptFileReader.Read(access.Parameters, findings);
        access.Log.Report(findings);
        await LiveRelease.HistoryAsync(access, cancellation);
        var chart = await LiveRelease.ChartAsync(access, null, files.Select(file => file.Key), cancellation);
        var mounts = chart.Contract.Readable.Where(mount => files.Any(file => file.Key == mount.Key)).ToList();
        if (mounts.Count == 0)
            throw Nothing($"No workload of the release mounts {string.Join(" or ", files.Select(file => file.Key))} of the ConfigMap {access.Parameters.ConfigMapName}", "./build.sh Status shows what is mounted");

        List<(ContractMount Mount, string Pod, ReadOnlyMemory<byte> Content)> served = [];
        foreach (var mount in mounts)
            served.AddRange(await ReadAsync(mount, cancellation) is { } read ? [(mount, read.Pod, read.Content)] : []);
        if (served.Count == 0)
            throw Nothing("No running pod could be read", "See what keeps them: ./build.sh Status");
        return [.. from same in served.GroupBy(one => (one.Mount.Key, one.Mount.Path, ContentHash.Of(one.Content.Span)))
                   select Show(files.First(file => file.Key == same.Key.Key), same.Key.Path, [.. same.Select(one => one.Pod).Distinct(StringComparer.Ordinal)], same.First().Content)];
    }

    private async Task<(string Pod, ReadOnlyMemory<byte> Content)?> ReadAsync(ContractMount mount, CancellationToken cancellation)
    {
        if (await access.Cluster.Workloads.ReadAsync(mount.Workload, cancellation) is not { } state)
            return null;
        foreach (var pod in await access.Cluster.Pods.ListAsync(mount.Workload.Namespace, state.Selector, cancellation))
        {
            if (pod.Terminating || pod.Phase != "Running" || !PodOwner.IsOwner(mount.Workload, pod))
                continue;
            var request = new PodFilesRequest { Container = new ContainerReference(pod.Namespace, pod.Name, mount.Container), PodUid = pod.Uid, Paths = [mount.Path], KeepContent = true };
            if (await access.Cluster.PodFiles.ReadAsync(request, cancellation) is PodFilesRead { Files: [{ Content: { } content }] })
                return (pod.Name, content);
        }

        access.Log.Warning("No running pod of {Workload:l} could be read, so what it serves at {Path:l} is not compared", mount.Workload.ToString(), mount.Path);
        return null;
    }

    private ServedDifference Show(PromptFile file, string path, IReadOnlyList<string> pods, ReadOnlyMemory<byte> content)
    {
        var shown = access.Parameters.Display(file.Path);
        var isEqual = file.Content.Span.SequenceEqual(content.Span);
        var (local, served) = (PythonNames.Read(file.Content), PythonNames.Read(content));
        var all = isEqual ? [] : PromptComparison.Of(local, served);
        List<PromptDifference> differences = [.. all.Where(name => name.Difference is not null)];
        access.Log.Information("{File:l} against {Path:l} in {Pods:l}: {Verdict:l}", shown, path, string.Join(", ", pods), Verdict(isEqual, all, differences));
        foreach (var (which, module) in new[] { ("the local file", local), ("the pod's file", served) })
        {
            if (module.Problems.Count > 0)
                access.Log.Warning("Python would not compile {Which:l}, so its names may be incomplete: {Problem:l}, line {Line}", which, module.Problems[0].Seen, module.Problems[0].Line);
        }

        if (differences.Count > 0)
            access.Log.Lines(TextTable.Lines(["NAME", "LOCAL LINE", "POD LINE", "DIFFERENCE"], differences.Select(name => (string[])[name.Name, Line(name.LocalLine), Line(name.ServedLine), name.Difference!])));
        return new ServedDifference(shown, path, pods, isEqual, differences);
    }

    private static string Verdict(bool isEqual, IReadOnlyList<PromptDifference> all, List<PromptDifference> differences) =>
        isEqual ? "the same bytes"
        : differences.Count == 0 ? $"all {all.Count} names alike; only order, comments or blank lines differ"
        : $"{differences.Count} of {all.Count} names differ";

    private static string Line(int? line) => line is { } number ? $"{number}" : "–";

    private DeploymentException Nothing(string seen, string remedy) =>
        new(ExitCode.NothingChanged, Finding.Error(seen, $"release {access.Parameters.Release} in namespace {access.Namespace}", remedy));
}
