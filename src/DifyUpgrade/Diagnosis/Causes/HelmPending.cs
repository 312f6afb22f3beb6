namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>Another helm is at work on the release, or was killed at it.</summary>
internal static class HelmPending
{
    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>The cause, if it is there.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence)
    {
        if (evidence.HelmSaid.Contains("another operation (install/upgrade/rollback) is in progress", StringComparison.Ordinal))
        {
            yield return new Cause(
                "helm-pending",
                "The release is pending: another helm is at work on it, or was killed at it",
                $"namespace {evidence.Namespace}",
                "Another run works on the release, or was killed. See: ./build.sh Status; if nobody is at work: ./build.sh Repair");
        }
    }
}
