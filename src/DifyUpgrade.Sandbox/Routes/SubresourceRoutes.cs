using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Access;
using DifyUpgrade.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Answers what objects can be asked for beside themselves.</summary>
internal sealed class SubresourceRoutes(ObjectStore store, ObjectOperations operations, Evictions evictions, ServiceAccountTokens tokens, PodRoutes pods)
{
    /// <summary>Answers a request.</summary>
    public Task AnswerAsync(HttpContext context, ApiRequest target) => (target.Subresource, target.Verb) switch
    {
        ("scale", "get") => Answer.JsonAsync(context, Scale.Of(operations.Get(target.Type!, target.Namespace, target.Name))),
        ("scale", "update" or "patch") => ScaleAsync(context, target),
        ("eviction", "create") => EvictAsync(context, target),
        ("binding", "create") => BindAsync(context, target),
        ("token", "create") => TokenAsync(context, target),
        ("log", "get") => pods.LogAsync(context, target),
        ("exec" or "attach", "get" or "create") => pods.ExecAsync(context, target),
        ("portforward", "get" or "create") => throw ApiException.BadRequest("port-forward is not possible in the sandbox: its containers are simulated and listen to no port"),
        _ => throw ResourceRoutes.NotAllowed(),
    };

    private async Task ScaleAsync(HttpContext context, ApiRequest target)
    {
        var current = Scale.Of(operations.Get(target.Type!, target.Namespace, target.Name));

        // A patch asks for no version unless it says one: whoever writes meanwhile is no conflict.
        current.Child("metadata").Remove("resourceVersion");
        var wanted = target.Verb == "update"
            ? await RequestBody.RequiredAsync(context, "Scale")
            : (await RequestBody.PatchAsync(context)).Apply(target.Type!, current, new Objects.ApplyOptions("scale", false, DateTimeOffset.UnixEpoch));
        var replicas = wanted.Number("spec", "replicas") ?? 0;
        if (replicas < 0)
            throw Scale.Negative(target.Name, replicas);
        var change = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } };
        if (wanted.Text("metadata", "resourceVersion") is { Length: > 0 } version)
            change["metadata"] = new JsonObject { ["resourceVersion"] = version };
        var options = WriteQuery.Of(context.Request, target with { Subresource = null });
        var (stored, _) = operations.Patch(target.Type!, target.Namespace, target.Name, new ObjectPatch(ObjectPatch.MergePatchType, change), options);
        await Answer.JsonAsync(context, Scale.Of(stored));
    }

    private async Task EvictAsync(HttpContext context, ApiRequest target)
    {
        var body = await RequestBody.RequiredAsync(context, "Eviction");
        evictions.Evict(operations.Get(target.Type!, target.Namespace, target.Name), body["deleteOptions"] as JsonObject ?? [], WriteQuery.DryRun(context.Request));
        await Answer.JsonAsync(context, Answer.Success(null), 201);
    }

    private async Task BindAsync(HttpContext context, ApiRequest target)
    {
        var body = await RequestBody.RequiredAsync(context, "Binding");
        var pod = operations.Get(target.Type!, target.Namespace, target.Name);
        if (pod.Body.Text("spec", "nodeName") is { Length: > 0 } node)
            throw ApiException.Conflict(pod.Type, pod.Name, $"pod {pod.Name} is already assigned to node \"{node}\"");
        var bound = (JsonObject)pod.Body.DeepClone();
        bound.Child("spec")["nodeName"] = body.Text("target", "name") ?? throw ApiException.BadRequest("Binding: target.name is required");
        store.Replace(pod, bound);
        await Answer.JsonAsync(context, Answer.Success(null), 201);
    }

    private async Task TokenAsync(HttpContext context, ApiRequest target)
    {
        var body = await RequestBody.RequiredAsync(context, "TokenRequest");
        var account = operations.Get(target.Type!, target.Namespace, target.Name);
        await Answer.JsonAsync(context, tokens.Answer(account, body), 201);
    }
}
