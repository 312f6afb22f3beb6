using System.Text.Json.Nodes;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Releases;

/// <summary>What an upgrade does to one object.</summary>
internal enum ObjectChangeKind
{
    /// <summary>Nothing.</summary>
    Unchanged,

    /// <summary>It is new.</summary>
    Created,

    /// <summary>Some of its fields change.</summary>
    Changed,

    /// <summary>The new revision no longer has it.</summary>
    Deleted,
}

/// <summary>What an upgrade does to one object, as lines that may be shown.</summary>
/// <param name="Identity">Kind, namespace and name.</param>
/// <param name="Kind">What happens to it.</param>
/// <param name="Lines">Changed lines with a sign (<c>+</c>, <c>-</c> or a space) and three lines around each; empty when unchanged.</param>
internal sealed record ObjectChange(string Identity, ObjectChangeKind Kind, IReadOnlyList<string> Lines)
{
    private const int LinesAround = 3;

    /// <summary>Compares two states of an object. Both must have passed the secret mask.</summary>
    /// <param name="identity">Kind, namespace and name.</param>
    /// <param name="live">What is in the cluster; null when it is not there.</param>
    /// <param name="predicted">What the upgrade would leave there; null when it deletes it.</param>
    /// <returns>The change.</returns>
    internal static ObjectChange Between(string identity, JsonObject? live, JsonObject? predicted)
    {
        var diff = InlineDiffBuilder.Diff(live is null ? "" : ManifestYaml.Write(live), predicted is null ? "" : ManifestYaml.Write(predicted)).Lines;
        List<DiffPiece> lines = [.. diff.Where(line => line.Text.Length > 0)];
        var kind = (live, predicted) switch
        {
            (null, _) => ObjectChangeKind.Created,
            (_, null) => ObjectChangeKind.Deleted,
            _ when lines.TrueForAll(line => line.Type == ChangeType.Unchanged) => ObjectChangeKind.Unchanged,
            _ => ObjectChangeKind.Changed,
        };
        return new ObjectChange(identity, kind, kind == ObjectChangeKind.Unchanged ? [] : [.. Hunks(lines)]);
    }

    private static IEnumerable<string> Hunks(List<DiffPiece> lines)
    {
        var near = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Type == ChangeType.Unchanged)
                continue;
            for (var j = Math.Max(0, i - LinesAround); j <= Math.Min(lines.Count - 1, i + LinesAround); j++)
                near[j] = true;
        }

        for (var i = 0; i < lines.Count; i++)
        {
            if (near[i])
                yield return Sign(lines[i].Type) + lines[i].Text;
            else if (i > 0 && near[i - 1])
                yield return "  …";
        }
    }

    private static string Sign(ChangeType type) => type switch
    {
        ChangeType.Inserted => "+ ",
        ChangeType.Deleted => "- ",
        _ => "  ",
    };
}
