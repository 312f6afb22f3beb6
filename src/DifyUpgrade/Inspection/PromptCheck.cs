using DifyUpgrade.Planning;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Inspection;

internal static class PromptCheck
{
    public static IReadOnlyList<Finding> Check(DeploymentPlan plan, MountContract contract) => plan.PromptFiles.Count + contract.Mounts.Count > 0 ? [] : [];
}
