using System.Text;

namespace DifyUpgrade.Cluster;

/// <summary>The mounts of a container, from its /proc/self/mountinfo (proc(5)).</summary>
internal sealed class MountTable
{
    private readonly Dictionary<string, bool> _readOnlyByMountPoint = new(StringComparer.Ordinal);

    private MountTable()
    {
    }

    /// <summary>Reads mountinfo.</summary>
    /// <param name="text">The file's text.</param>
    /// <returns>The table; null if the text holds no mount.</returns>
    public static MountTable? Parse(string text)
    {
        var table = new MountTable();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            table.Add(line.Split(' '));
        return table._readOnlyByMountPoint.Count == 0 ? null : table;
    }

    /// <summary>Finds the mount that a path lies on. A symbolic link in the path is not followed.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>The mount; null if not even the root is mounted.</returns>
    public FileMount? Find(string path)
    {
        for (var point = path; ; point = Parent(point))
        {
            if (_readOnlyByMountPoint.TryGetValue(point, out var readOnly))
                return new(point, point == path, readOnly);
            if (point == "/")
                return null;
        }
    }

    private static string Parent(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash <= 0 ? "/" : path[..slash];
    }

    private void Add(string[] fields)
    {
        // id parent major:minor root mountpoint options [optional …] - type source superoptions
        var dash = Array.IndexOf(fields, "-");
        if (dash < 6 || fields.Length < dash + 4)
            return;

        // A later mount at the same place hides the earlier one.
        _readOnlyByMountPoint[Unescape(fields[4])] = HasReadOnly(fields[5]) || HasReadOnly(fields[dash + 3]);
    }

    private static bool HasReadOnly(string options) => options.Split(',').Contains("ro");

    // Blanks, tabs, line feeds and backslashes are written as a backslash and three octal digits.
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 3 < text.Length)
            {
                bytes.Add((byte)(((text[at + 1] - '0') * 64) + ((text[at + 2] - '0') * 8) + (text[at + 3] - '0')));
                at += 3;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[at].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
