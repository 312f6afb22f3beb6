using DifyUpgrade.Planning;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Inspection;

/// <summary>Holds the mount contract against the prompt files: what is mounted must be given, what is given must be mounted.</summary>
internal static class ContractCheck
{
    /// <summary>Checks a contract.</summary>
    /// <param name="contract">Read from the rendered chart.</param>
    /// <param name="plan">Names the ConfigMap and its files.</param>
    /// <returns>What was seen.</returns>
    public static IReadOnlyList<Finding> Check(MountContract contract, DeploymentPlan plan)
    {
        var configMap = plan.Parameters.ConfigMapName;
        if (contract.Mounts.Count == 0)
        {
            return
            [
                Finding.Error(
                    $"No workload of the rendered chart mounts the ConfigMap {configMap}",
                    $"{plan.Parameters.Display(plan.Parameters.Chart)} with {string.Join(", ", plan.Parameters.ValuesFiles.Select(plan.Parameters.Display))}",
                    "Mount it through api.extraVolumes and api.extraVolumeMounts (worker and beat alike), as values-dify-prod.yaml does,\nor name the ConfigMap that is mounted: --config-map-name NAME"),
            ];
        }

        return [.. contract.Mounts.SelectMany(mount => CheckMount(mount, plan)), .. CheckFiles(contract, plan)];
    }

    private static IEnumerable<Finding> CheckMount(ContractMount mount, DeploymentPlan plan)
    {
        var where = $"{mount.Workload}, container {mount.Container}, {mount.Path}";
        var keys = plan.PromptFiles.Select(file => file.Key).ToHashSet(StringComparer.Ordinal);
        if (mount.Key is null)
            yield return Finding.Error("It cannot be known which ConfigMap key this mount shows", where, "Mount it with subPath: KEY, without items that leave the key out");
        else if (!keys.Contains(mount.Key))
            yield return Finding.Error($"The mount wants the key '{mount.Key}', which no prompt file gives", where, $"Add it: --prompt-files {mount.Key}=PATH (given are: {string.Join(", ", keys)})");
        else if (!mount.SubPath && mount.Path.EndsWith($"/{mount.Key}/{mount.Key}", StringComparison.Ordinal))
            yield return Finding.Error("The ConfigMap is mounted as a folder where a file belongs", where, $"Add subPath: {mount.Key} to the volumeMount");

        if (mount.Init)
            yield return Finding.Warning("An init container mounts the file; it has ended before it could be read back, so it is not checked", where, "Nothing, unless the init container needs the proof too");
        else if (!mount.ReadOnly)
            yield return Finding.Warning("The mount is not marked read-only", where, "Add readOnly: true to the volumeMount");
    }

    private static IEnumerable<Finding> CheckFiles(MountContract contract, DeploymentPlan plan)
    {
        var mounted = contract.Mounts.Select(mount => mount.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return plan.PromptFiles.Where(file => !mounted.Contains(file.Key)).Select(file => Finding.Error(
            $"The prompt file for '{file.Key}' is mounted by no workload",
            plan.Parameters.Display(file.Path),
            $"Mount it with subPath: {file.Key}, or leave it out of --prompt-files"));
    }
}
