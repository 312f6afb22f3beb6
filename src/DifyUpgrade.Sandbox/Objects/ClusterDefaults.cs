using System.Text;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Defaults of namespaces, storage, secrets and bindings.</summary>
internal static class ClusterDefaults
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>A Namespace.</summary>
    public static void Namespace(JsonObject body)
    {
        if (body.Text("metadata", "name") is { } name)
            body.Child("metadata").Child("labels")["kubernetes.io/metadata.name"] = name;
        body.Child("spec").Default("finalizers", new JsonArray("kubernetes"));
        body.Child("status").Default("phase", "Active");
    }

    /// <summary>A PersistentVolume.</summary>
    public static void Volume(JsonObject body)
    {
        body.Child("spec").Default("persistentVolumeReclaimPolicy", "Retain");
        body.Child("spec").Default("volumeMode", "Filesystem");
        body.Child("status").Default("phase", "Pending");
    }

    /// <summary>A PersistentVolumeClaim.</summary>
    public static void Claim(JsonObject body)
    {
        body.Child("spec").Default("volumeMode", "Filesystem");
        body.Child("spec").Child("resources");
        body.Child("status").Default("phase", "Pending");
    }

    /// <summary>A LimitRange: what is not said of containers follows from what is.</summary>
    public static void LimitRange(JsonObject body)
    {
        foreach (var limit in body.Items("spec", "limits").Where(limit => limit.Text("type") == "Container"))
        {
            Follow(limit, "default", "max");
            Follow(limit, "defaultRequest", "default");
            Follow(limit, "defaultRequest", "min");
        }
    }

    /// <summary>A configuration of admission webhooks.</summary>
    public static void Webhooks(JsonObject body)
    {
        foreach (var webhook in body.Items("webhooks"))
        {
            webhook.Default("failurePolicy", "Fail");
            webhook.Default("matchPolicy", "Equivalent");
            webhook.Default("namespaceSelector", new JsonObject());
            webhook.Default("objectSelector", new JsonObject());
            webhook.Default("timeoutSeconds", 10L);
            if (body.Text("kind") == "MutatingWebhookConfiguration")
                webhook.Default("reinvocationPolicy", "Never");
            foreach (var rule in webhook.Items("rules"))
                rule.Default("scope", "*");
            (webhook.At("clientConfig", "service") as JsonObject)?.Default("port", 443L);
        }
    }

    /// <summary>A StorageClass.</summary>
    public static void StorageClass(JsonObject body)
    {
        body.Default("reclaimPolicy", "Delete");
        body.Default("volumeBindingMode", "Immediate");
    }

    /// <summary>A Secret: plain strings become data.</summary>
    public static void Secret(JsonObject body)
    {
        body.Default("type", "Opaque");
        if (body["stringData"] is not JsonObject plain)
            return;
        foreach (var (key, value) in plain)
            body.Child("data")[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value is JsonValue ? value.ToString() : ""));
        body.Remove("stringData");
    }

    /// <summary>A RoleBinding or ClusterRoleBinding.</summary>
    public static void RoleBinding(JsonObject body)
    {
        body.Child("roleRef").Default("apiGroup", RbacGroup);
        foreach (var subject in body.Items("subjects").Where(subject => subject.Text("kind") is "User" or "Group"))
            subject.Default("apiGroup", RbacGroup);
    }

    private static void Follow(JsonObject limit, string field, string source)
    {
        foreach (var (resource, amount) in limit[source] as JsonObject ?? [])
            limit.Child(field).Default(resource, amount?.DeepClone());
    }
}
