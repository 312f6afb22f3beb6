using DifyUpgrade.Helm;
using DifyUpgrade.Parameters;

namespace DifyUpgrade.Releases;

/// <summary>What the history says about what may be done with a release.</summary>
internal static class ReleaseState
{
    /// <summary>The history of a release that must exist.</summary>
    /// <param name="history">The history; null when helm knows no such release.</param>
    /// <param name="parameters">Names the release.</param>
    /// <returns>The history, oldest first.</returns>
    /// <exception cref="DeploymentException">There is no such release.</exception>
    public static IReadOnlyList<HelmRevision> MustExist(IReadOnlyList<HelmRevision>? history, DeploymentParameters parameters) =>
        history is { Count: > 0 }
            ? history
            : throw new DeploymentException(ExitCode.NothingChanged, Finding.Error(
                $"There is no release '{parameters.Release}'",
                $"namespace {parameters.Namespace}",
                $"Check the name: helm list -A\nor install it for the first time: ./build.sh Upgrade --install --config-map-drift apply"));

    /// <summary>Refuses to install by mistake: helm would take a misspelt name for a new release.</summary>
    /// <param name="history">The history; null when helm knows no such release.</param>
    /// <param name="parameters">Names the release and says whether it may be installed.</param>
    /// <exception cref="DeploymentException">The release is missing and may not be installed.</exception>
    public static void MustAllowUpgrade(IReadOnlyList<HelmRevision>? history, DeploymentParameters parameters)
    {
        if (!parameters.Install)
            MustExist(history, parameters);
    }
}
