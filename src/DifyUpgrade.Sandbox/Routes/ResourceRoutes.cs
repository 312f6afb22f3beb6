using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;
using DifyUpgrade.Sandbox.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Answers requests for stored objects.</summary>
internal sealed class ResourceRoutes(ObjectOperations operations, ListRoute lists, WatchRoute watches, DeleteRoute deletions, SubresourceRoutes subresources)
{
    /// <summary>Answers a request.</summary>
    public Task AnswerAsync(HttpContext context, ApiRequest target)
    {
        if (target.Subresource is not (null or "status" or "finalize"))
            return subresources.AnswerAsync(context, target);
        return (target.Verb, target.Name.Length > 0) switch
        {
            ("get", true) => ShowAsync(context, operations.Get(target.Type!, target.Namespace, target.Name), 200),
            ("list", false) => lists.AnswerAsync(context, target),
            ("watch", _) => watches.AnswerAsync(context, target),
            ("create", false) => CreateAsync(context, target),
            ("update", true) => UpdateAsync(context, target),
            ("patch", true) => PatchAsync(context, target),
            ("delete", true) when target.Subresource is null => deletions.OneAsync(context, target),
            ("deletecollection", false) => deletions.ManyAsync(context, target),
            _ => throw NotAllowed(),
        };
    }

    /// <summary>That a path does not take a method.</summary>
    public static ApiException NotAllowed() => new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource") { Details = [] };

    /// <summary>Answers with an object, in the shape that was asked for.</summary>
    public static Task ShowAsync(HttpContext context, StoredObject stored, int code)
    {
        var shape = Representation.Of(context.Request);
        if (shape.Shape == Shape.Whole)
            return Answer.BytesAsync(context, stored.Utf8, code, Answer.Json);
        return Answer.JsonAsync(context, shape.Shape == Shape.Table ? Row(context, stored, shape.MetaVersion) : PartialMetadata.Of(stored, shape.MetaVersion), code);
    }

    private static JsonObject Row(HttpContext context, StoredObject stored, string metaVersion)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var table = Table.Of(stored.Type, [stored], metaVersion, now, ListRoute.IncludeObject(context.Request));
        table["metadata"] = new JsonObject { ["resourceVersion"] = stored.Version.ToString() };
        return table;
    }

    private async Task CreateAsync(HttpContext context, ApiRequest target)
    {
        if (target.Type!.Namespaced && target.Namespace.Length == 0)
            throw NotAllowed();
        var options = WriteQuery.Of(context.Request, target);
        var body = await RequestBody.RequiredAsync(context, target.Type.Kind);
        var stored = operations.Create(target.Type, target.Namespace, body, options);
        WriteQuery.Warn(context.Response, options);
        await ShowAsync(context, stored, 201);
    }

    private async Task UpdateAsync(HttpContext context, ApiRequest target)
    {
        var options = WriteQuery.Of(context.Request, target);
        var body = await RequestBody.RequiredAsync(context, target.Type!.Kind);
        var stored = operations.Update(target.Type, target.Namespace, target.Name, body, options);
        WriteQuery.Warn(context.Response, options);
        await ShowAsync(context, stored, 200);
    }

    private async Task PatchAsync(HttpContext context, ApiRequest target)
    {
        var options = WriteQuery.Of(context.Request, target);
        var patch = await RequestBody.PatchAsync(context);
        if (patch.IsApply)
            WriteQuery.CheckApplier(context.Request);
        var (stored, isNew) = operations.Patch(target.Type!, target.Namespace, target.Name, patch, options);
        WriteQuery.Warn(context.Response, options);
        await ShowAsync(context, stored, isNew ? 201 : 200);
    }
}
