using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle.Webhooks;

/// <summary>What a webhook is asked.</summary>
internal static class WebhookReview
{
    /// <summary>The question about a write.</summary>
    public static JsonObject Of(AdmissionRequest write) => new()
    {
        ["kind"] = "AdmissionReview",
        ["apiVersion"] = "admission.k8s.io/v1",
        ["request"] = new JsonObject
        {
            ["uid"] = Guid.NewGuid().ToString(),
            ["kind"] = new JsonObject { ["group"] = write.Type.Group, ["version"] = write.Type.Version, ["kind"] = write.Type.Kind },
            ["resource"] = new JsonObject { ["group"] = write.Type.Group, ["version"] = write.Type.Version, ["resource"] = write.Type.Plural },
            ["subResource"] = write.Subresource,
            ["name"] = write.Name,
            ["namespace"] = write.Namespace,
            ["operation"] = write.Operation,
            ["userInfo"] = new JsonObject(),
            ["object"] = write.IsDeletion ? null : write.Body.DeepClone(),
            ["oldObject"] = (write.IsDeletion ? write.Body : write.Before)?.DeepClone(),
            ["dryRun"] = write.DryRun,
        },
    };
}
