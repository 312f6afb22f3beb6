namespace DifyUpgrade.Sandbox.Pods.Files;

/// <summary>
/// The files of an image layer or of a volume, by their path from the tree's root: <c>""</c> is the root itself,
/// <c>/a/b</c> a file in the folder <c>/a</c>. A tree of a single file holds just the root.
/// </summary>
internal sealed class FileTree
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, FileNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>A tree with just a root.</summary>
    public FileTree(FileNode root) => _nodes[""] = root;

    /// <summary>An entry; null where there is none.</summary>
    public FileNode? Find(string path)
    {
        lock (_gate)
            return _nodes.GetValueOrDefault(path);
    }

    /// <summary>Puts an entry there, with the folders on the way to it.</summary>
    public void Put(string path, FileNode node)
    {
        lock (_gate)
        {
            for (var parent = Parent(path); parent.Length > 0 && !_nodes.ContainsKey(parent); parent = Parent(parent))
                _nodes[parent] = new FolderNode(0b111_101_101, FileOwner.Root, node.Changed);
            _nodes[path] = node;
        }
    }

    /// <summary>Takes an entry and everything in it out.</summary>
    public void Remove(string path)
    {
        lock (_gate)
        {
            foreach (var inside in _nodes.Keys.Where(key => key == path || key.StartsWith(path + "/", StringComparison.Ordinal)).ToList())
                _nodes.Remove(inside);
        }
    }

    /// <summary>The names in a folder.</summary>
    public IReadOnlyList<string> Names(string folder)
    {
        var prefix = folder + "/";
        lock (_gate)
            return [.. _nodes.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && key.IndexOf('/', prefix.Length) < 0).Select(key => key[prefix.Length..])];
    }

    /// <summary>An entry with everything in it, as it is now, as a tree of its own; null where there is none.</summary>
    public FileTree? Snapshot(string path)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(path, out var root))
                return null;
            var copy = new FileTree(root);
            foreach (var (key, node) in _nodes.Where(entry => entry.Key.StartsWith(path + "/", StringComparison.Ordinal)))
                copy._nodes[key[path.Length..]] = node;
            return copy;
        }
    }

    private static string Parent(string path) => path.Length == 0 ? "" : path[..path.LastIndexOf('/')];
}
