using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;
using DifyUpgrade.Parameters;

namespace DifyUpgrade.Reporting;

/// <summary>Puts what helm and the cluster refused into words that say what to type next.</summary>
internal static class BoundaryFailure
{
    /// <summary>Explains a failure at a boundary.</summary>
    /// <param name="failure">What the boundary threw, already redacted there.</param>
    /// <param name="inputs">What was typed.</param>
    /// <param name="changed">Whether the run had begun to change something.</param>
    /// <returns>The failure as a person reads it.</returns>
    public static DeploymentException Explain(Exception failure, DeploymentInputs inputs, bool changed)
    {
        var finding = failure switch
        {
            HelmException helm => OfHelm(helm, inputs),
            ClusterException cluster => OfCluster(cluster, inputs),
            _ => throw new ArgumentException("Not a failure of a boundary", nameof(failure), failure),
        };
        return new DeploymentException(changed ? ExitCode.DeploymentFailed : ExitCode.NothingChanged, finding);
    }

    private static Finding OfHelm(HelmException failure, DeploymentInputs inputs) => Finding.Error(
        failure.StandardError.Trim() is { Length: > 0 } said ? said : $"helm ended with exit code {failure.ExitCode} and said nothing",
        "helm: " + failure.CommandLine,
        failure.Failure switch
        {
            HelmFailure.OperationInProgress or HelmFailure.ReleaseAlreadyExists => "Another run works on the release, or was killed. See: ./build.sh Status; if nobody is at work: ./build.sh Repair",
            HelmFailure.ReleaseNotFound => $"Check the name: helm list -n {inputs.Namespace}",
            HelmFailure.ChartInvalid => $"Mend the chart or the values, then try: ./build.sh RenderTemplate\nA missing dependency: helm dependency build {inputs.Chart}",
            HelmFailure.TimedOut => "See what the pods wait for: ./build.sh Status; more time: --timeout 20m; go back: ./build.sh Rollback",
            HelmFailure.Forbidden => $"Ask for the right, then check: kubectl auth can-i --list -n {inputs.Namespace}",
            HelmFailure.Unreachable => "Check that the cluster is up and the kubeconfig is yours: kubectl cluster-info",
            HelmFailure.Unauthorized => "Log in to the cluster again, then: kubectl auth can-i --list",
            HelmFailure.ContextUnknown or HelmFailure.KubeconfigInvalid => "kubectl config get-contexts",
            _ => "./build.sh Status",
        });

    private static Finding OfCluster(ClusterException failure, DeploymentInputs inputs) => failure switch
    {
        { Failure: ClusterFailure.Forbidden, Missing: { } missing } => Finding.Error(
            $"No permission to {missing.Verb} {missing.Resource}{(missing.Group.Length > 0 ? "." + missing.Group : "")}{(missing.Namespace is { } space ? $" in namespace {space}" : "")}",
            "cluster",
            $"Ask for the right, then check: kubectl auth can-i {missing.Verb} {missing.Resource} -n {missing.Namespace ?? inputs.Namespace}"),
        _ => Finding.Error(failure.Message, "cluster", failure.Failure switch
        {
            ClusterFailure.Unreachable or ClusterFailure.Timeout => "Check that the cluster is up and the kubeconfig is yours: kubectl cluster-info",
            ClusterFailure.Unauthorized => "Log in to the cluster again, then: kubectl auth can-i --list",
            ClusterFailure.Forbidden => $"Ask for the right, then check: kubectl auth can-i --list -n {inputs.Namespace}",
            ClusterFailure.TooManyRequests => "The API server is overloaded; try again later",
            _ => "./build.sh Status",
        }),
    };
}
