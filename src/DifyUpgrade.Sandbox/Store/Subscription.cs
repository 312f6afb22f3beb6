using System.Threading.Channels;

namespace DifyUpgrade.Sandbox.Store;

/// <summary>Changes waiting for one who follows them.</summary>
/// <param name="type">The kind that is followed; null for all.</param>
internal sealed class Subscription(ResourceType? type) : IDisposable
{
    private readonly Channel<StoreEvent> _changes = Channel.CreateUnbounded<StoreEvent>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The changes, oldest first.</summary>
    public ChannelReader<StoreEvent> Changes => _changes.Reader;

    /// <summary>Hands a change on if it is of the kind.</summary>
    /// <returns>False when nobody reads any more.</returns>
    public bool Take(StoreEvent change) => (type is not null && type != change.Object.Type) ? !_changes.Reader.Completion.IsCompleted : _changes.Writer.TryWrite(change);

    /// <summary>Ends it.</summary>
    public void Dispose() => _changes.Writer.TryComplete();
}
