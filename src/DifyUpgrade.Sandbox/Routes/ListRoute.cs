using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;
using DifyUpgrade.Sandbox.Tables;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Answers lists.</summary>
internal sealed class ListRoute(ObjectStore store, TimeProvider time)
{
    private static readonly byte[] ItemsBegin = [.. ",\"items\":["u8];
    private static readonly byte[] ItemBegin = [.. "{"u8];
    private static readonly byte[] Comma = [.. ","u8];
    private static readonly byte[] ItemsEnd = [.. "]}"u8];

    /// <summary>Answers a list.</summary>
    public async Task AnswerAsync(HttpContext context, ApiRequest target)
    {
        var request = context.Request;
        var shape = Representation.Of(request);
        var page = Page(Selection.Of(target, request), request);
        if (shape.Shape == Shape.Table)
        {
            var table = Table.Of(target.Type!, page.Items, shape.MetaVersion, time.GetUtcNow(), IncludeObject(request));
            table["metadata"] = page.Metadata;
            await Answer.JsonAsync(context, table);
        }
        else
        {
            await Answer.PiecesAsync(context, Pieces(target.Type!, page.Items, shape, page.Metadata));
        }
    }

    /// <summary>How much of each object a table's rows carry: <c>None</c>, <c>Metadata</c> or <c>Object</c>.</summary>
    public static string IncludeObject(HttpRequest request) => ApiRequest.Query(request, "includeObject") ?? "Metadata";

    private static List<ReadOnlyMemory<byte>> Pieces(ResourceType type, IReadOnlyList<StoredObject> items, Representation shape, JsonObject metadata)
    {
        var whole = shape.Shape == Shape.Whole;
        var head = new JsonObject
        {
            ["kind"] = whole ? $"{type.Kind}List" : "PartialObjectMetadataList",
            ["apiVersion"] = whole ? type.ApiVersion : $"meta.k8s.io/{shape.MetaVersion}",
            ["metadata"] = metadata,
        };
        List<ReadOnlyMemory<byte>> pieces = [head.Utf8().AsMemory()[..^1], ItemsBegin];
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0)
                pieces.Add(Comma);
            if (whole)
                pieces.Add(ItemBegin);
            pieces.Add(whole ? items[index].ItemUtf8 : PartialMetadata.Of(items[index], shape.MetaVersion).Utf8());
        }

        pieces.Add(ItemsEnd);
        return pieces;
    }

    private static long Limit(HttpRequest request)
    {
        if (ApiRequest.Query(request, "limit") is not { } text)
            return 0;
        return long.TryParse(text, out var limit) && limit >= 0 ? limit : throw ApiException.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }

    private (IReadOnlyList<StoredObject> Items, JsonObject Metadata) Page(Selection selection, HttpRequest request)
    {
        var from = ApiRequest.Query(request, "continue") is { } text ? ContinueToken.Read(text) : null;
        if (from is null)
            Versions.CheckList(request, store.Version);
        else
            store.CheckRemembered(from.Version);
        var (items, version) = selection.In(store);
        version = from?.Version ?? version;
        var limit = Limit(request);
        if (from is null && (limit == 0 || items.Count <= limit))
            return (items, new JsonObject { ["resourceVersion"] = version.ToString() });
        var rest = items.Where(item => from is null || from.IsBefore(item.Namespace, item.Name)).ToList();
        var shown = limit == 0 ? rest : rest.Take((int)limit).ToList();
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString() };
        if (shown.Count < rest.Count)
        {
            metadata["continue"] = new ContinueToken(version, shown[^1].Namespace, shown[^1].Name).ToString();
            if (!selection.IsPartial)
                metadata["remainingItemCount"] = rest.Count - shown.Count;
        }

        return (shown, metadata);
    }
}
