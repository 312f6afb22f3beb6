namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>The files of a volume that kubelet writes: by path, content and permission bits.</summary>
internal sealed class Payload : SortedDictionary<string, (ReadOnlyMemory<byte> Content, int Mode)>
{
    /// <summary>No files yet.</summary>
    public Payload()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>Whether it says the same as another.</summary>
    public bool Equals(Payload other) =>
        Count == other.Count && this.Zip(other).All(pair => pair.First.Key == pair.Second.Key && pair.First.Value.Mode == pair.Second.Value.Mode && pair.First.Value.Content.Span.SequenceEqual(pair.Second.Value.Content.Span));
}
