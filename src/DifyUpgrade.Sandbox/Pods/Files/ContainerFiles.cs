namespace DifyUpgrade.Sandbox.Pods.Files;

/// <summary>
/// What a container sees: the image's files, over them what the container wrote, over that its mounts. The image's tree
/// is shared by all containers of the image and never changed.
/// </summary>
internal sealed class ContainerFiles
{
    private readonly FileTree _image;
    private readonly bool _readOnlyRoot;

    // What the container wrote, and the places of its mounts.
    private readonly FileTree _written = new(new FolderNode(0b111_101_101, FileOwner.Root, DateTimeOffset.UnixEpoch));
    private readonly Dictionary<string, Mount> _mounts = new(StringComparer.Ordinal);

    /// <summary>Sets up the files of a container that starts.</summary>
    /// <param name="image">The image's files.</param>
    /// <param name="mounts">What is mounted; a later one may lie inside an earlier one.</param>
    /// <param name="readOnlyRoot">Whether the container may write to its mounts only.</param>
    public ContainerFiles(FileTree image, IEnumerable<Mount> mounts, bool readOnlyRoot)
    {
        (_image, _readOnlyRoot) = (image, readOnlyRoot);
        foreach (var mount in mounts)
        {
            _mounts[mount.Path] = mount;
            if (NodeAt(mount.Path[..mount.Path.LastIndexOf('/')]) is null || _image.Find(mount.Path) is null)
                _written.Put(mount.Path, mount.Tree.Find(mount.From) ?? throw FileError.Missing);
        }
    }

    /// <summary>The mounts, in the order they were made.</summary>
    public IEnumerable<Mount> Mounts => _mounts.Values;

    /// <summary>Whether the root itself is read-only.</summary>
    public bool ReadOnlyRoot => _readOnlyRoot;

    /// <summary>Finds an entry.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="follow">Whether a symbolic link at the end is followed.</param>
    /// <exception cref="FileError">There is none.</exception>
    public FileNode Find(string path, bool follow = true) => NodeAt(Resolve(path, follow)) ?? throw FileError.Missing;

    /// <summary>Whether there is something of that name, links followed.</summary>
    public bool Exists(string path)
    {
        try
        {
            return NodeAt(Resolve(path, follow: true)) is not null;
        }
        catch (FileError)
        {
            return false;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileError">It is missing, a folder, or not to be read by that user.</exception>
    public ReadOnlyMemory<byte> Read(string path, FileOwner who) => Find(path) switch
    {
        ContentNode file when MayRead(file, who) => file.Content(),
        ContentNode => throw FileError.Denied,
        _ => throw FileError.IsFolder,
    };

    /// <summary>The names in a folder, in order.</summary>
    /// <exception cref="FileError">It is missing or no folder.</exception>
    public IReadOnlyList<string> Names(string path)
    {
        var place = Resolve(path, follow: true);
        if (NodeAt(place) is not FolderNode)
            throw NodeAt(place) is null ? FileError.Missing : FileError.NoFolder;
        var (tree, inside) = Locate(place);
        var names = tree is null ? _image.Names(place).Concat(_written.Names(place)) : tree.Names(inside);
        return [.. names.Concat(MountsIn(place)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="FileError">The place is read-only, missing, a folder, or not to be written by that user.</exception>
    public void Write(string path, ReadOnlyMemory<byte> content, FileOwner who, DateTimeOffset at)
    {
        var place = Resolve(path, follow: true);
        var present = NodeAt(place);
        if (present is FolderNode)
            throw FileError.IsFolder;
        var (tree, inside) = Writable(place, present, who);
        tree.Put(inside, ContentNode.Of(content, present?.Mode ?? 0b110_100_100, present?.Owner ?? who, at));
    }

    /// <summary>Whether a user may write to an entry.</summary>
    public bool CanWrite(string path, FileOwner who)
    {
        try
        {
            var place = Resolve(path, follow: true);
            Writable(place, NodeAt(place), who);
            return true;
        }
        catch (FileError)
        {
            return false;
        }
    }

    /// <summary>Makes a folder.</summary>
    /// <exception cref="FileError">The place is taken, read-only, or not to be written by that user.</exception>
    public void MakeFolder(string path, FileOwner who, DateTimeOffset at)
    {
        var place = Resolve(path, follow: true);
        if (NodeAt(place) is not null)
            throw FileError.Exists;
        var (tree, inside) = Writable(place, null, who);
        tree.Put(inside, new FolderNode(0b111_101_101, who, at));
    }

    /// <summary>Takes an entry out. One of the image's stays where it is: nobody needs more of a stand-in.</summary>
    /// <exception cref="FileError">It is missing, read-only, or not to be written by that user.</exception>
    public void Remove(string path, FileOwner who)
    {
        var place = Resolve(path, follow: false);
        _ = NodeAt(place) ?? throw FileError.Missing;

        // What counts is the folder it lies in: names are the folder's content.
        Writable(Parent(place), NodeAt(Parent(place)), who);
        if (_mounts.ContainsKey(place))
            throw FileError.Busy;
        var (tree, inside) = Locate(place);
        (tree ?? _written).Remove(inside);
    }

    /// <summary>The path with its symbolic links followed.</summary>
    /// <exception cref="FileError">Something on the way is missing or no folder.</exception>
    public string Resolve(string path, bool follow)
    {
        var place = "";
        var links = 0;
        var rest = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out var name))
        {
            if (name is "." or "..")
            {
                place = name == "." || place.Length == 0 ? place : place[..place.LastIndexOf('/')];
                continue;
            }

            var next = $"{place}/{name}";
            var node = NodeAt(next);
            if (node is LinkNode link && (follow || rest.Count > 0))
            {
                if (++links > 40)
                    throw FileError.TooManyLinks;
                place = link.Target.StartsWith('/') ? "" : place;
                foreach (var part in link.Target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                    rest.Push(part);
                continue;
            }

            if (rest.Count > 0 && node is not FolderNode)
                throw node is null ? FileError.Missing : FileError.NoFolder;
            place = next;
        }

        return place;
    }

    private (FileTree Tree, string Inside) Writable(string place, FileNode? present, FileOwner who)
    {
        if (MountOf(place)?.ReadOnly ?? _readOnlyRoot)
            throw FileError.ReadOnly;
        var holder = present ?? NodeAt(Parent(place)) ?? throw FileError.Missing;
        if (!May(holder, who, 0b010))
            throw FileError.Denied;
        var (tree, inside) = Locate(place);
        return tree is null ? (_written, place) : (tree, inside);
    }

    private FileNode? NodeAt(string place)
    {
        var (tree, inside) = Locate(place);
        return tree is null ? _written.Find(place) ?? _image.Find(place) : tree.Find(inside);
    }

    private (FileTree? Tree, string Inside) Locate(string place) =>
        MountOf(place) is { } mount ? (mount.Tree, mount.From + place[mount.Path.Length..]) : (null, place);

    private Mount? MountOf(string place)
    {
        for (var point = place; point.Length > 0; point = point[..point.LastIndexOf('/')])
        {
            if (_mounts.TryGetValue(point, out var mount))
                return mount;
        }

        return null;
    }

    private IEnumerable<string> MountsIn(string place) =>
        _mounts.Keys.Where(path => path.StartsWith(place + "/", StringComparison.Ordinal)).Select(path => path[(place.Length + 1)..].Split('/')[0]);

    private static string Parent(string place) => place.Length == 0 ? "" : place[..place.LastIndexOf('/')];

    private static bool MayRead(FileNode node, FileOwner who) => May(node, who, 0b100);

    private static bool May(FileNode node, FileOwner who, int bits)
    {
        var shift = node.Owner.User == who.User ? 6 : node.Owner.Group == who.Group ? 3 : 0;
        return who.User == 0 || (node.Mode >> shift & bits) == bits;
    }
}
