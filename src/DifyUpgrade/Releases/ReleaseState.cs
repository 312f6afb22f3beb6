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

    /// <summary>Refuses what helm would refuse later, or do by mistake.</summary>
    /// <param name="history">The history; null when helm knows no such release.</param>
    /// <param name="parameters">Names the release and says whether it may be installed.</param>
    /// <exception cref="DeploymentException">The release is missing and may not be installed, or another operation holds it.</exception>
    public static void MustAllowUpgrade(IReadOnlyList<HelmRevision>? history, DeploymentParameters parameters)
    {
        if (parameters.Install && history is not { Count: > 0 })
            return;
        if (MustExist(history, parameters)[^1] is { IsPending: true } pending)
            throw Pending(pending, parameters);
    }

    private static DeploymentException Pending(HelmRevision pending, DeploymentParameters parameters) => new(
        ExitCode.NothingChanged,
        Finding.Error(
            $"Revision {pending.Revision} of {parameters.Release} is {pending.Status} since {pending.Updated:u}: helm is at work on it, or was killed",
            $"namespace {parameters.Namespace}",
            "Wait if someone is at work. If nobody is, go back to the last good revision: ./build.sh Rollback"));
}
