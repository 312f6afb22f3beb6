using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Writes the lines of a watch, and stops where a fault wants it cut.</summary>
/// <param name="output">The body of the answer.</param>
/// <param name="events">What is shown of a change.</param>
/// <param name="cutAfter">Events after which it is cut; null for never.</param>
internal sealed class WatchLines(Stream output, WatchEvents events, int? cutAfter)
{
    private readonly ArrayBufferWriter<byte> _pending = new();
    private int _count;

    /// <summary>Whether nothing more may be sent.</summary>
    public bool IsCut => _count >= cutAfter;

    /// <summary>An object that was there at the beginning.</summary>
    public void Added(StoredObject item) => Line("ADDED", events.Show(item));

    /// <summary>A change, if it concerns the watch.</summary>
    public void Change(StoreEvent change)
    {
        if (events.KindOf(change) is { } kind)
            Line(kind, events.Show(Shown(kind, change)));
    }

    /// <summary>That the watch has seen everything up to a version.</summary>
    public void Bookmark(long version) => Line("BOOKMARK", events.Bookmark(version, null).Utf8());

    /// <summary>That everything that was there at the beginning has been sent.</summary>
    public void InitialEventsEnd(long version) => Line("BOOKMARK", events.Bookmark(version, new JsonObject { ["k8s.io/initial-events-end"] = "true" }).Utf8());

    /// <summary>That the watch cannot go on.</summary>
    public void Error(JsonObject status) => Line("ERROR", status.Utf8());

    /// <summary>Sends what was written.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        await output.WriteAsync(_pending.WrittenMemory, cancellation);
        await output.FlushAsync(cancellation);
        _pending.ResetWrittenCount();
    }

    // One who ceases to match is shown as it matched last, under the version at which it ceased.
    private static StoredObject Shown(string kind, StoreEvent change)
    {
        if (kind != "DELETED" || change.Kind == StoreEventKind.Deleted)
            return change.Object;
        var body = (JsonObject)change.Previous!.Body.DeepClone();
        body.Child("metadata")["resourceVersion"] = change.Version.ToString();
        return new StoredObject(change.Object.Type, body, change.Version);
    }

    private void Line(string kind, ReadOnlyMemory<byte> body)
    {
        if (IsCut)
            return;
        _count++;
        _pending.Write(Encoding.UTF8.GetBytes($"{{\"type\":\"{kind}\",\"object\":"));
        _pending.Write(body.Span);
        _pending.Write("}\n"u8);
    }
}
