using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>
/// A volume that kubelet writes as its AtomicWriter does: the files lie in a folder named by the time, <c>..data</c>
/// leads there, and each name in the volume leads through <c>..data</c>, so that all files change at once.
/// </summary>
internal sealed class AtomicVolume
{
    private Payload _payload = [];
    private string _folder = "";

    /// <summary>A volume that is set up.</summary>
    /// <param name="payload">Its files.</param>
    /// <param name="isMemory">Whether it lies in memory, as all but configMap volumes do.</param>
    /// <param name="owner">Who owns the files: root, and the pod's <c>fsGroup</c>.</param>
    /// <param name="at">When.</param>
    public AtomicVolume(Payload payload, bool isMemory, FileOwner owner, DateTimeOffset at)
    {
        Owner = owner;
        Tree = new FileTree(new FolderNode(isMemory ? 0b1_111_111_111 : 0b111_111_111, owner, at));
        Write(payload, at);
    }

    /// <summary>Its files.</summary>
    public FileTree Tree { get; }

    /// <summary>Who owns the files.</summary>
    public FileOwner Owner { get; }

    /// <summary>Takes over other files, where anything differs.</summary>
    public void Update(Payload payload, DateTimeOffset at)
    {
        if (!payload.Equals(_payload))
            Write(payload, at);
    }

    /// <summary>The path that a path in the volume really has now.</summary>
    public string RealPath(string path) => $"/{_folder}/{path}";

    private void Write(Payload payload, DateTimeOffset at)
    {
        var former = _folder;
        _folder = $"..{at.UtcDateTime:yyyy_MM_dd_HH_mm_ss}.{Math.Abs(HashCode.Combine(at, payload.Count, Tree)):D10}";
        Tree.Put($"/{_folder}", new FolderNode(0b111_101_101, Owner, at));
        foreach (var (path, (content, mode)) in payload)
        {
            Tree.Put($"/{_folder}/{path}", ContentNode.Of(content, mode, Owner, at));
            Tree.Put($"/{Top(path)}", new LinkNode($"..data/{Top(path)}", Owner, at));
        }

        Tree.Put("/..data", new LinkNode(_folder, Owner, at));
        foreach (var gone in _payload.Keys.Select(Top).Except(payload.Keys.Select(Top)))
            Tree.Remove($"/{gone}");
        if (former.Length > 0)
            Tree.Remove($"/{former}");
        _payload = payload;
    }

    private static string Top(string path) => path.Split('/')[0];
}
