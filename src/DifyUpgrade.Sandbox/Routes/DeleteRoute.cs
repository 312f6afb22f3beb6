using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Answers deletions.</summary>
internal sealed class DeleteRoute(ObjectStore store, ObjectOperations operations)
{
    private const int Attempts = 5;

    // These are answered with what was deleted, others with a Status.
    private static readonly HashSet<ResourceType> AnsweredWhole =
        [ResourceTypes.Pods, ResourceTypes.PersistentVolumeClaims, ResourceTypes.PersistentVolumes, ResourceTypes.ServiceAccounts, ResourceTypes.ResourceQuotas];

    /// <summary>Answers the deletion of one object.</summary>
    public async Task OneAsync(HttpContext context, ApiRequest target)
    {
        var (type, options) = (target.Type!, await OptionsAsync(context));
        var current = operations.Get(type, target.Namespace, target.Name);
        var left = Delete(current, options, IsDryRun(context.Request, options));
        if (left is null && !AnsweredWhole.Contains(type))
        {
            var details = new JsonObject { ["name"] = current.Name, ["group"] = type.Group, ["kind"] = type.Plural, ["uid"] = current.Uid };
            if (type.Group.Length == 0)
                details.Remove("group");
            await Answer.JsonAsync(context, Answer.Success(details));
            return;
        }

        await ResourceRoutes.ShowAsync(context, left ?? current, 200);
    }

    /// <summary>Answers the deletion of all that are selected.</summary>
    public async Task ManyAsync(HttpContext context, ApiRequest target)
    {
        var options = await OptionsAsync(context);
        var (items, version) = Selection.Of(target, context.Request).In(store);
        var deleted = new JsonArray();
        foreach (var item in items)
        {
            try
            {
                deleted.Add((Delete(item, options, IsDryRun(context.Request, options)) ?? item).Body.DeepClone());
            }
            catch (ApiException refusal) when (refusal.Code == 404)
            {
                // Gone while we were at it.
            }
        }

        await Answer.JsonAsync(context, new JsonObject
        {
            ["kind"] = $"{target.Type!.Kind}List",
            ["apiVersion"] = target.Type.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = version.ToString() },
            ["items"] = deleted,
        });
    }

    /// <summary>Deletes an object, however often it changes meanwhile.</summary>
    public StoredObject? Delete(StoredObject current, JsonObject options, bool dryRun)
    {
        for (var attempt = 1; ; attempt++)
        {
            CheckPreconditions(current, options);
            try
            {
                return operations.Delete(current, RequestOf(options), dryRun);
            }
            catch (ApiException refusal) when (refusal.Code == 409 && attempt < Attempts)
            {
                current = operations.Get(current.Type, current.Namespace, current.Name);
            }
        }
    }

    private static DeletionRequest RequestOf(JsonObject options) => new()
    {
        GracePeriodSeconds = options.Number("gracePeriodSeconds"),
        PropagationPolicy = options.Text("propagationPolicy") ?? (options.ContainsKey("orphanDependents") ? options.Flag("orphanDependents") ? "Orphan" : "Background" : null),
    };

    private static void CheckPreconditions(StoredObject current, JsonObject options)
    {
        if (options.Text("preconditions", "uid") is { } uid && uid != current.Uid)
            throw ApiException.Conflict(current.Type, current.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid}");
        if (options.Text("preconditions", "resourceVersion") is { } version && version != current.Body.Text("metadata", "resourceVersion"))
            throw ApiException.Conflict(current.Type, current.Name, $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {current.Version}");
    }

    private static bool IsDryRun(HttpRequest request, JsonObject options) =>
        WriteQuery.DryRun(request) || (options["dryRun"] is JsonArray { Count: > 0 } dryRun && dryRun[0]?.ToString() == "All");

    // The body wins over the query, as in the real server.
    private static async Task<JsonObject> OptionsAsync(HttpContext context)
    {
        if (await RequestBody.ObjectAsync(context, "DeleteOptions") is { } body)
            return Checked(body);
        var options = new JsonObject();
        if (ApiRequest.Query(context.Request, "gracePeriodSeconds") is { } text)
            options["gracePeriodSeconds"] = long.TryParse(text, out var seconds) ? seconds : throw ApiException.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
        if (ApiRequest.Query(context.Request, "propagationPolicy") is { } policy)
            options["propagationPolicy"] = policy;
        return Checked(options);
    }

    private static JsonObject Checked(JsonObject options)
    {
        if (options.Text("propagationPolicy") is null or "Background" or "Foreground" or "Orphan")
            return options;
        var why = $"Unsupported value: \"{options.Text("propagationPolicy")}\": supported values: \"Background\", \"Foreground\", \"Orphan\"";
        throw new ApiException(422, "Invalid", $"DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: {why}")
        {
            Details = new JsonObject { ["group"] = "meta.k8s.io", ["kind"] = "DeleteOptions" },
        };
    }
}
