using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>
/// Stores what happened to objects as Events, and keeps them few as the real recorder does: the same again counts up,
/// many alike are combined, and who says too much is not heard. Safe to use from several threads.
/// </summary>
/// <param name="store">Where the events go.</param>
/// <param name="time">Stamps them.</param>
internal sealed class EventRecorder(ObjectStore store, PodTime time)
{
    private readonly Lock _gate = new();
    private readonly EventThinning _thinning = new(time);
    private long _lastName;

    /// <summary>What a component of the cluster records.</summary>
    /// <param name="component">Its name, such as <c>kubelet</c>.</param>
    /// <param name="host">The node it runs on, if it matters.</param>
    public EventSource As(string component, string? host = null) => new(this, component, host);

    /// <summary>Records one event. Nothing is recorded in a namespace that is gone or going.</summary>
    public void Record(EventDraft draft)
    {
        var space = draft.About.Namespace is { Length: > 0 } own ? own : "default";
        lock (_gate)
        {
            if (store.Get(ResourceTypes.Namespaces, "", space) is not { IsTerminating: false })
                return;
            var (seen, message, isHeard) = _thinning.Take(draft);
            if (!isHeard)
                return;
            if (seen.Name is null || !CountUp(space, seen, message, draft.Action is not null))
                Create(space, draft, seen, message);
        }
    }

    private bool CountUp(string space, SeenEvent seen, string message, bool isSeries)
    {
        try
        {
            if (store.Get(ResourceTypes.Events, space, seen.Name!) is not { } stored)
                return false;
            var body = (JsonObject)stored.Body.DeepClone();
            body["message"] = message;
            if (isSeries)
            {
                body["series"] = new JsonObject { ["count"] = seen.Count, ["lastObservedTime"] = Timestamp.Micro(time.Now) };
            }
            else
            {
                body["count"] = seen.Count;
                body["lastTimestamp"] = Timestamp.Of(time.Now);
            }

            store.Replace(stored, body);
            return true;
        }
        catch (ApiException)
        {
            // Changed or deleted by somebody else in between; a new event says the same.
            return false;
        }
    }

    private void Create(string space, EventDraft draft, SeenEvent seen, string message)
    {
        _lastName = Math.Max(_lastName + 1, (time.Now - DateTimeOffset.UnixEpoch).Ticks * 100);
        seen.Name = $"{draft.About.Name}.{_lastName:x}";
        seen.Count = 1;
        var isSeries = draft.Action is not null;
        var now = Timestamp.Of(time.Now);
        var body = new JsonObject
        {
            ["kind"] = "Event",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = seen.Name, ["namespace"] = space },
            ["involvedObject"] = Reference(draft),
            ["reason"] = draft.Reason,
            ["message"] = message,
            ["source"] = Source(draft, isSeries),
            ["firstTimestamp"] = isSeries ? null : now,
            ["lastTimestamp"] = isSeries ? null : now,
            ["type"] = draft.Type,
            ["eventTime"] = isSeries ? Timestamp.Micro(time.Now) : null,
            ["reportingComponent"] = draft.Component,
            ["reportingInstance"] = isSeries ? $"{draft.Component}-sandbox" : draft.Host ?? "",
        };
        body[isSeries ? "action" : "count"] = isSeries ? draft.Action : seen.Count;
        store.Create(ResourceTypes.Events, body);
    }

    private static JsonObject Reference(EventDraft draft)
    {
        var about = draft.About;
        var reference = new JsonObject { ["kind"] = about.Type.Kind };
        if (about.Namespace.Length > 0)
            reference["namespace"] = about.Namespace;
        reference["name"] = about.Name;
        reference["uid"] = about.Uid;
        reference["apiVersion"] = about.Type.ApiVersion;
        reference["resourceVersion"] = about.Body.Text("metadata", "resourceVersion");
        if (draft.FieldPath is not null)
            reference["fieldPath"] = draft.FieldPath;
        return reference;
    }

    // The newer events API leaves the source empty and names its reporter instead.
    private static JsonObject Source(EventDraft draft, bool isSeries)
    {
        var source = new JsonObject();
        if (isSeries)
            return source;
        source["component"] = draft.Component;
        if (draft.Host is not null)
            source["host"] = draft.Host;
        return source;
    }
}
