using System.Text.Json;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Webhooks;

/// <summary>Asks the admission webhooks of the cluster. Their <c>matchConditions</c> are not evaluated: they count as met.</summary>
/// <param name="store">Where their configurations are.</param>
internal sealed class WebhookAdmission(ObjectStore store)
{
    private readonly WebhookCall _call = new(store);

    /// <summary>Lets the mutating ones change the object.</summary>
    /// <exception cref="ApiException">One refuses, or does not answer and must.</exception>
    public void Mutate(AdmissionRequest write)
    {
        foreach (var webhook in Concerned(ResourceTypes.MutatingWebhookConfigurations, write))
        {
            if (Ask(webhook, write) is { } response && response.Text("patch") is { } patch)
                Change(write.Body, JsonPatch.Apply(write.Body, JsonNode.Parse(Convert.FromBase64String(patch)) as JsonArray ?? []));
        }
    }

    /// <summary>Asks the validating ones.</summary>
    /// <exception cref="ApiException">One refuses, or does not answer and must.</exception>
    public void Validate(AdmissionRequest write)
    {
        foreach (var webhook in Concerned(ResourceTypes.ValidatingWebhookConfigurations, write))
            Ask(webhook, write);
    }

    // Whoever locked himself out must be able to take the configuration away again.
    private IEnumerable<JsonObject> Concerned(ResourceType configurations, AdmissionRequest write) =>
        write.Type.Group == ResourceTypes.ValidatingWebhookConfigurations.Group ? [] :
        store.List(configurations, null).Items.SelectMany(item => item.Body.Items("webhooks")).Where(webhook => IsConcerned(webhook, write));

    private bool IsConcerned(JsonObject webhook, AdmissionRequest write) =>
        webhook.Items("rules").Any(rule => WebhookRule.Matches(rule, write))
        && LabelSelector.Of(webhook["objectSelector"] ?? new JsonObject()).Matches(write.Body)
        && (Home(write) is not { } home || LabelSelector.Of(webhook["namespaceSelector"] ?? new JsonObject()).Matches(home));

    private JsonObject? Home(AdmissionRequest write) =>
        write.Type == ResourceTypes.Namespaces ? write.Body : store.Get(ResourceTypes.Namespaces, "", write.Namespace)?.Body;

    private JsonObject? Ask(JsonObject webhook, AdmissionRequest write)
    {
        var name = webhook.Text("name") ?? "";
        JsonNode? response;
        try
        {
            response = _call.Answer(webhook, WebhookReview.Of(write)).At("response") ?? throw new WebhookFailure("received invalid webhook response: no response");
        }
        catch (Exception failure) when (failure is WebhookFailure or JsonException)
        {
            if (webhook.Text("failurePolicy") == "Ignore")
                return null;
            throw new ApiException(500, "InternalError", $"Internal error occurred: failed calling webhook \"{name}\": {failure.Message}")
            {
                Details = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = $"failed calling webhook \"{name}\": {failure.Message}" }) },
            };
        }

        return response.Flag("allowed") ? response as JsonObject : throw Denied(name, response.At("status"));
    }

    private static ApiException Denied(string name, JsonNode? status)
    {
        var why = status.Text("message") ?? status.Text("reason");
        var code = (int)Math.Max(400, status.Number("code") ?? 0);
        return new ApiException(code, status.Text("reason") ?? "", $"admission webhook \"{name}\" denied the request{(why is null ? " without explanation" : ": " + why)}");
    }

    private static void Change(JsonObject body, JsonObject changed)
    {
        body.Clear();
        foreach (var (field, value) in changed.ToList())
        {
            changed.Remove(field);
            body[field] = value;
        }
    }
}
