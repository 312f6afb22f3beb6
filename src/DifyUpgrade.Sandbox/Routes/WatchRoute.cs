using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Answers watches: one JSON line per change, until the client goes or the time is up.</summary>
/// <param name="store">What is watched.</param>
/// <param name="faults">May cut a watch.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">The end of the server.</param>
internal sealed class WatchRoute(ObjectStore store, FaultPlan faults, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan BookmarkPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Answers a watch.</summary>
    public async Task AnswerAsync(HttpContext context, ApiRequest target)
    {
        var request = context.Request;
        var shape = Representation.Of(request);
        var selection = Selection.Of(target, request);
        var timeout = Timeout(request);
        using var beginning = Begin(selection, request);
        context.Response.ContentType = Answer.Json;
        var cut = faults.TakeCut(FaultKind.WatchCut, request.Path);
        var lines = new WatchLines(context.Response.Body, new WatchEvents(selection, shape, time, ListRoute.IncludeObject(request)), cut?.AfterEvents);
        using (var end = new CancellationTokenSource(timeout, time))
        using (var any = CancellationTokenSource.CreateLinkedTokenSource(end.Token, stopping, context.RequestAborted))
        {
            Send(lines, beginning, WantsInitialEvents(request));
            await lines.FlushAsync(context.RequestAborted);
            if (beginning.Changes is { } changes)
                await FollowAsync(context, lines, changes, any.Token);
        }

        if (lines.IsCut)
            await Connections.CutSoonAsync(context, time);
    }

    private static void Send(WatchLines lines, Beginning beginning, bool withEnd)
    {
        foreach (var item in beginning.First)
            lines.Added(item);
        if (beginning.Expired is not null)
            lines.Error(Answer.StatusOf(beginning.Expired));
        else if (withEnd)
            lines.InitialEventsEnd(beginning.Version);
    }

    private static bool WantsInitialEvents(HttpRequest request) => ApiRequest.Flag(request, "sendInitialEvents");

    private static TimeSpan Timeout(HttpRequest request)
    {
        if (ApiRequest.Query(request, "timeoutSeconds") is not { } text)
            return Longest;
        var seconds = long.TryParse(text, out var given) ? given : throw ApiException.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
        return seconds > 0 && seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
    }

    // Where no version is given, the client wants to know what there is before it hears what changes.
    private Beginning Begin(Selection selection, HttpRequest request)
    {
        if (WantsInitialEvents(request) && ApiRequest.Query(request, "resourceVersionMatch") != "NotOlderThan")
            throw Invalid("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        var after = Versions.Asked(request);
        if (after is { } asked)
            Versions.CheckReached(asked, store.Version);
        try
        {
            if (after is not null && !WantsInitialEvents(request))
                return new Beginning([], store.Watch(selection.Type, after.Value, selection.Namespace), after.Value);
            var (items, version) = selection.In(store);
            return new Beginning(items, store.Watch(selection.Type, version, selection.Namespace), version);
        }
        catch (ApiException refusal) when (refusal.Code == 410)
        {
            return new Beginning([], null, 0) { Expired = refusal };
        }
    }

    private static ApiException Invalid(string why) =>
        new(422, "Invalid", $"ListOptions.meta.k8s.io \"\" is invalid: sendInitialEvents: Forbidden: {why}") { Details = new JsonObject { ["group"] = "meta.k8s.io", ["kind"] = "ListOptions" } };

    private async Task FollowAsync(HttpContext context, WatchLines lines, Subscription subscription, CancellationToken end)
    {
        var bookmarks = ApiRequest.Flag(context.Request, "allowWatchBookmarks");
        while (!lines.IsCut && await WaitAsync(subscription, end) is { } news)
        {
            // The version is read before the changes, so that a bookmark never promises more than was sent.
            var version = store.Version;
            while (!lines.IsCut && subscription.Changes.TryRead(out var change))
                lines.Change(change);
            if (bookmarks && !news)
                lines.Bookmark(version);
            await lines.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>Waits for changes.</summary>
    /// <returns>True for changes, false when it is time for a bookmark, null at the end.</returns>
    private async Task<bool?> WaitAsync(Subscription subscription, CancellationToken end)
    {
        using var pause = new CancellationTokenSource(BookmarkPeriod, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(end, pause.Token);
        try
        {
            return await subscription.Changes.WaitToReadAsync(any.Token) ? true : null;
        }
        catch (OperationCanceledException)
        {
            return end.IsCancellationRequested ? null : false;
        }
    }

    private sealed record Beginning(IReadOnlyList<StoredObject> First, Subscription? Changes, long Version) : IDisposable
    {
        public ApiException? Expired { get; init; }

        public void Dispose() => Changes?.Dispose();
    }
}
