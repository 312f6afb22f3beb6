using DifyUpgrade.Helm;
using DifyUpgrade.Planning;
using DifyUpgrade.Probing;
using DifyUpgrade.Prompts;
using DifyUpgrade.Prompts.Python;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Inspection;

/// <summary>Holds the files that are mounted over Dify's own against what Python, and the mounting image, make of them.</summary>
/// <param name="plan">The prompt files.</param>
/// <param name="contract">Says which image mounts which file where.</param>
/// <param name="time">The clock.</param>
internal sealed class PromptCheck(DeploymentPlan plan, MountContract contract, TimeProvider time)
{
    /// <summary>What the images said themselves; where one did, the list that this program brings along does not count.</summary>
    public IReadOnlyDictionary<string, ProbeReport> Answers { get; init; } = new Dictionary<string, ProbeReport>();

    private readonly List<ContractMount> _prompts = [.. contract.Mounts.Where(mount => mount.Path == PromptContractCheck.PathInImage)];

    /// <summary>Checks every Python file once, and the prompts once more for each Dify version that mounts them.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was seen.</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [];
        foreach (var file in plan.PromptFiles.Where(IsPython))
        {
            var shown = plan.Parameters.Display(file.Path);
            var module = PythonNames.Read(file.Content);
            findings.AddRange(PythonFindings.Of(shown, module, await CompileAsync(file, cancellation)));
            findings.AddRange(contract.Mounts
                .Where(mount => mount.Key == file.Key)
                .DistinctBy(mount => (mount.Image, mount.Path))
                .SelectMany(mount => AgainstImage(shown, module, mount)));
        }

        return [.. findings, .. DifferentTags()];
    }

    /// <summary>The tag of an image reference, with the digest where it has one; <c>latest</c> where it has neither.</summary>
    /// <param name="image">Such as <c>registry:5000/langgenius/dify-api:1.12.1@sha256:…</c>.</param>
    /// <returns>Such as <c>1.12.1@sha256:…</c>.</returns>
    internal static string TagOf(string image)
    {
        // The digest has a colon of its own, and a registry may have one for its port.
        var digest = image.IndexOf('@', StringComparison.Ordinal);
        var reference = digest < 0 ? image : image[..digest];
        var colon = reference.IndexOf(':', reference.LastIndexOf('/') + 1);
        return (colon < 0, digest < 0) switch
        {
            (false, _) => image[(colon + 1)..],
            (true, true) => "latest",
            (true, false) => image[(digest + 1)..],
        };
    }

    private IEnumerable<Finding> AgainstImage(string shown, PythonModule module, ContractMount mount)
    {
        if (Answers.TryGetValue(mount.Image, out var answer) && answer.Modules.FirstOrDefault(one => one.Module == PromptProbes.ModuleAt(mount.Path)) is { } probed)
            return ProbeFindings.Of(shown, module, probed, (mount.Image, TagOf(mount.Image)));
        return mount.Path == PromptContractCheck.PathInImage ? PromptContractCheck.Against(shown, module, PromptContract.Shipped.For(TagOf(mount.Image))) : [];
    }

    private bool IsPython(PromptFile file) => contract.Mounts.Any(mount => mount.Key == file.Key && mount.Path.EndsWith(".py", StringComparison.Ordinal));

    private async Task<PythonVerdict?> CompileAsync(PromptFile file, CancellationToken cancellation) =>
        ExecutableSearch.Find("python3", Environment.GetEnvironmentVariable("PATH") ?? "") is { } python
            ? await new PythonCompiler(python, time).AskAsync(file.Content, cancellation)
            : null;

    private IEnumerable<Finding> DifferentTags() => _prompts.Select(mount => TagOf(mount.Image)).Distinct(StringComparer.Ordinal).Count() <= 1
        ? []
        :
        [
            Finding.Warning(
                "The workloads that mount the prompts run different Dify versions",
                string.Join(", ", _prompts.Select(mount => $"{mount.Workload} {mount.Image}").Distinct(StringComparer.Ordinal)),
                "Set one image.api.tag for all of them"),
        ];
}
