using DifyUpgrade.Helm;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

/// <summary>The texts are helm's own: printed by 3.10.1, or taken from the sources of the version named beside them.</summary>
public sealed class HelmFailureClassifierTests
{
    [Theory]
    [InlineData(HelmFailure.ReleaseNotFound, "Error: release: not found")]
    [InlineData(HelmFailure.ReleaseNotFound, "Error: UPGRADE FAILED: \"dify\" has no deployed releases")]
    [InlineData(HelmFailure.ReleaseNotFound, "Error: release has no 9 version")] // 3.18
    [InlineData(HelmFailure.OperationInProgress, "Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress")]
    [InlineData(HelmFailure.ReleaseAlreadyExists, "Error: UPGRADE FAILED: release: already exists")]
    [InlineData(HelmFailure.ReleaseAlreadyExists, "Error: INSTALLATION FAILED: cannot re-use a name that is still in use")]
    [InlineData(HelmFailure.ReleaseAlreadyExists, "Error: cannot reuse a name that is still in use")] // 4.2
    [InlineData(HelmFailure.TimedOut, "Error: UPGRADE FAILED: timed out waiting for the condition")]
    [InlineData(HelmFailure.TimedOut, "Error: UPGRADE FAILED: context deadline exceeded")]
    [InlineData(HelmFailure.TimedOut, "Error: UPGRADE FAILED: resource Deployment/prod/dify-api not ready. status: InProgress, message: Available: 0/1\ncontext deadline exceeded")] // 4.0
    [InlineData(HelmFailure.Other, "Error: UPGRADE FAILED: context canceled")]
    [InlineData(HelmFailure.Other, "Error: UPGRADE FAILED: pre-upgrade hooks failed: job failed: BackoffLimitExceeded")]
    [InlineData(HelmFailure.Other, "Error: unknown flag: --bogus")]
    [InlineData(HelmFailure.Other, "")]
    public void A_release_failure_is_named(HelmFailure expected, string text) => Assert.Equal(expected, HelmFailureClassifier.Classify(text));

    [Theory]
    [InlineData(HelmFailure.Unreachable, "Error: Kubernetes cluster unreachable: Get \"https://127.0.0.1:1/version\": dial tcp 127.0.0.1:1: connect: connection refused")]
    [InlineData(HelmFailure.Unreachable, "Error: kubernetes cluster unreachable: Get \"https://k.example/version\": dial tcp: lookup k.example on 10.0.0.2:53: no such host")] // 4.0
    [InlineData(HelmFailure.Unreachable, "Error: Kubernetes cluster unreachable: Get \"https://10.0.0.1/version\": dial tcp 10.0.0.1:443: i/o timeout")]
    [InlineData(HelmFailure.Unreachable, "Error: Kubernetes cluster unreachable: Get \"https://10.0.0.1/version\": x509: certificate signed by unknown authority")]
    [InlineData(HelmFailure.Unreachable, "Error: query: failed to query with labels: Get \"https://10.0.0.1/api/v1/namespaces/prod/secrets\": net/http: TLS handshake timeout")]
    [InlineData(HelmFailure.Unreachable, "Error: Kubernetes cluster unreachable: Get \"https://10.0.0.1/version\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)")]
    [InlineData(HelmFailure.ContextUnknown, "Error: Kubernetes cluster unreachable: context \"nope\" does not exist")]
    [InlineData(HelmFailure.KubeconfigInvalid, "Error: Kubernetes cluster unreachable: error loading config file \"bad.yaml\": yaml: line 1: did not find expected node content")]
    [InlineData(HelmFailure.Unauthorized, "Error: Kubernetes cluster unreachable: the server has asked for the client to provide credentials")]
    [InlineData(HelmFailure.Unauthorized, "Error: query: failed to query with labels: Unauthorized")]
    [InlineData(HelmFailure.Unauthorized, "Error: Kubernetes cluster unreachable: Get \"https://k/version\": getting credentials: exec: executable aws not found")]
    [InlineData(HelmFailure.Forbidden, "Error: query: failed to query with labels: secrets is forbidden: User \"u\" cannot list resource \"secrets\" in API group \"\" in the namespace \"prod\"")]
    [InlineData(HelmFailure.Other, "Error: UPGRADE FAILED: Internal error occurred: failed calling webhook \"policy.example\": Post \"https://policy.svc\": dial tcp 10.1.1.1:443: connect: connection refused")]
    public void A_connection_failure_is_named(HelmFailure expected, string text) => Assert.Equal(expected, HelmFailureClassifier.Classify(text));

    [Theory]
    [InlineData("Error: execution error at (chart/templates/f.yaml:1:3): no good: connection refused\n\nUse --debug flag to render out invalid YAML")]
    [InlineData("Error: template: chart/templates/f.yaml:1:13: executing \"chart/templates/f.yaml\" at <.Values.x.y.z>: nil pointer evaluating interface {}.y")]
    [InlineData("Error: parse error at (chart/templates/f.yaml:1): function \"foo\" not defined")]
    [InlineData("Error: YAML parse error on chart/templates/f.yaml: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context")]
    [InlineData("Error: values don't meet the specifications of the schema(s) in the following chart(s):\nchart:\n- replicaCount: Invalid type. Expected: string, given: integer")]
    [InlineData("Error: An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: redis")]
    [InlineData("Error: chart requires kubeVersion: >=1.99 which is incompatible with Kubernetes v1.25.0")]
    [InlineData("Error: path \"./nochart\" not found")]
    [InlineData("Error: open missing.yaml: no such file or directory")]
    [InlineData("Error: failed to parse badv.yaml: error converting YAML to JSON: yaml: line 1: did not find expected node content")]
    [InlineData("Error: UPGRADE FAILED: error validating \"\": error validating data: ValidationError(Deployment.spec): unknown field \"x\"")]
    [InlineData("Error: UPGRADE FAILED: cannot patch \"dify-api\" with kind Deployment: Deployment.apps \"dify-api\" is invalid: spec.selector: Invalid value: field is immutable")]
    [InlineData("Error: looks like \"https://charts.example\" is not a valid chart repository or cannot be reached: dial tcp: lookup charts.example: no such host")]
    public void A_chart_failure_is_named(string text) => Assert.Equal(HelmFailure.ChartInvalid, HelmFailureClassifier.Classify(text));

    [Fact]
    public void Only_the_error_counts_not_the_warnings_before_it() =>
        Assert.Equal(
            HelmFailure.Unreachable,
            HelmFailureClassifier.Classify("W1123 loader.go:223] parse error at (x) is forbidden\r\nError: Kubernetes cluster unreachable: EOF\r\n"));
}
