namespace DifyUpgrade.Scenarios.Harness;

/// <summary>Has the cluster ask an admission webhook about one namespace.</summary>
internal static class WebhookRegistration
{
    /// <summary>Writes it; the namespace must have the label <c>scenario</c> with its own name.</summary>
    /// <param name="space">The namespace, and the registration's name.</param>
    /// <param name="address">Where the webhook listens.</param>
    /// <param name="authority">Its <c>caBundle</c>.</param>
    /// <param name="rule">What it is asked about.</param>
    public static string Write(string space, string address, string authority, string rule) => $$"""
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: {{space}}}
        webhooks:
          - name: asked.{{space}}.example.com
            admissionReviewVersions: [v1]
            sideEffects: None
            failurePolicy: Fail
            timeoutSeconds: 2
            namespaceSelector: {matchLabels: {scenario: "{{space}}"} }
            clientConfig: {url: "{{address}}", caBundle: "{{authority}}"}
            rules: [{{rule}}]
        """;
}
