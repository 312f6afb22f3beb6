using DifyUpgrade.Planning;
using DifyUpgrade.Prompts;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Inspection;

/// <summary>Holds the file that is mounted over Dify's own prompts.py against what the mounting image imports from it.</summary>
internal static class PromptCheck
{
    /// <summary>Checks every prompt file that a contract mounts there, once for each Dify version that mounts it.</summary>
    /// <param name="plan">The prompt files.</param>
    /// <param name="contract">Says which image mounts which file where.</param>
    /// <returns>What was seen.</returns>
    public static IReadOnlyList<Finding> Check(DeploymentPlan plan, MountContract contract)
    {
        List<ContractMount> mounts = [.. contract.Mounts.Where(mount => mount.Path == PromptContractCheck.PathInImage)];
        List<string> tags = [.. mounts.Select(mount => TagOf(mount.Image)).Distinct(StringComparer.Ordinal)];
        var pairs = mounts.Select(mount => (mount.Key, Tag: TagOf(mount.Image))).Distinct();
        return
        [
            .. pairs.SelectMany(pair => plan.PromptFiles
                .Where(file => file.Key == pair.Key)
                .SelectMany(file => PromptContractCheck.Check(plan.Parameters.Display(file.Path), file.Content, pair.Tag))),
            .. tags.Count > 1 ? [DifferentTags(mounts)] : Array.Empty<Finding>(),
        ];
    }

    private static Finding DifferentTags(List<ContractMount> mounts) => Finding.Warning(
        "The workloads that mount the prompts run different Dify versions",
        string.Join(", ", mounts.Select(mount => $"{mount.Workload} {mount.Image}").Distinct(StringComparer.Ordinal)),
        "Set one image.api.tag for all of them");

    private static string TagOf(string image)
    {
        if (image.Contains('@', StringComparison.Ordinal))
            return image[(image.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var name = image[(image.LastIndexOf('/') + 1)..];
        return name.Contains(':', StringComparison.Ordinal) ? name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..] : "latest";
    }
}
