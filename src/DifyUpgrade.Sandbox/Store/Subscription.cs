using System.Threading.Channels;

namespace DifyUpgrade.Sandbox.Store;

/// <summary>Changes waiting for one who follows them.</summary>
/// <param name="type">The kind that is followed; null for all.</param>
/// <param name="space">The namespace that is followed; null for all.</param>
internal sealed class Subscription(ResourceType? type, string? space) : IDisposable
{
    private readonly Channel<StoreEvent> _changes = Channel.CreateUnbounded<StoreEvent>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The changes, oldest first.</summary>
    public ChannelReader<StoreEvent> Changes => _changes.Reader;

    /// <summary>The kind that is followed; null for all.</summary>
    public ResourceType? Type { get; } = type;

    /// <summary>Whether nobody reads any more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Hands a change on if it is of the kind and in the namespace.</summary>
    public void Take(StoreEvent change)
    {
        if ((Type is null || Type == change.Object.Type) && (space is null || space == change.Object.Namespace))
            _changes.Writer.TryWrite(change);
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        IsOver = true;
        _changes.Writer.TryComplete();
    }
}
