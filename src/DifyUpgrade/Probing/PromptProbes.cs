using DifyUpgrade.Prompts;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Probing;

/// <summary>Asks every image that is about to mount prompt files over modules of its own.</summary>
/// <param name="session">The chart, the files and the cluster.</param>
internal sealed class PromptProbes(DeploymentSession session)
{
    private const string CodeFolder = "/app/api/";

    /// <summary>Asks each image once.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>The answers by image; empty when no Python file is mounted into the code.</returns>
    public async Task<IReadOnlyDictionary<string, ProbeReport>> RunAsync(CancellationToken cancellation)
    {
        var reports = new Dictionary<string, ProbeReport>(StringComparer.Ordinal);
        var given = session.Plan.ConfigMapFiles;
        var mounts = session.Chart.Contract.Mounts.Where(mount => ModuleAt(mount.Path) is not null && mount.Key is not null && given.ContainsKey(mount.Key));
        foreach (var image in mounts.GroupBy(mount => mount.Image, StringComparer.Ordinal))
        {
            var request = new ProbeRequest
            {
                Image = image.Key,
                Modules = [.. image.Select(mount => (ModuleAt(mount.Path)!, mount.Key)).Distinct()],
                Files = given.Where(file => image.Any(mount => mount.Key == file.Key)).ToDictionary(StringComparer.Ordinal),
                PodSpec = PodTemplate.In(session.Chart.Manifests, session.Access.Namespace).FirstOrDefault(template => template.Workload == image.First().Workload)?.Spec,
            };
            reports[image.Key] = await new ImageProbe(session.Access).RunAsync(request, cancellation);
        }

        return reports;
    }

    /// <summary>The module whose file lies at a path in Dify's image.</summary>
    /// <param name="path">Such as <c>/app/api/core/llm_generator/prompts.py</c>.</param>
    /// <returns>Such as <c>core.llm_generator.prompts</c>; null for what is no module of Dify's.</returns>
    public static string? ModuleAt(string path) =>
        path.StartsWith(CodeFolder, StringComparison.Ordinal) && path.EndsWith(".py", StringComparison.Ordinal)
            ? path[CodeFolder.Length..^".py".Length].Replace('/', '.')
            : null;
}
