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
        var lines = Diff(live, predicted);
        var kind = (live, predicted) switch
        {
            (null, _) => ObjectChangeKind.Created,
            (_, null) => ObjectChangeKind.Deleted,
            _ when lines.TrueForAll(line => line.Type == ChangeType.Unchanged) => ObjectChangeKind.Unchanged,
            _ => ObjectChangeKind.Changed,
        };
        return new ObjectChange(identity, kind, kind == ObjectChangeKind.Unchanged ? [] : [.. Hunks(lines)]);
    }

    // White space counts: it is all that tells one Python or nginx file in a ConfigMap from another.
    private static List<DiffPiece> Diff(JsonObject? live, JsonObject? predicted) => (live, predicted) switch
    {
        (null, null) => [],
        (null, _) => [.. Text(predicted!).Split('\n').Select(line => new DiffPiece(line, ChangeType.Inserted))],
        (_, null) => [.. Text(live).Split('\n').Select(line => new DiffPiece(line, ChangeType.Deleted))],
        _ => InlineDiffBuilder.Diff(Text(live), Text(predicted), ignoreWhiteSpace: false).Lines,
    };

    // Without the line feed at its end, after which a diff would see one more, empty line.
    private static string Text(JsonObject body) => ManifestYaml.Write(body)[..^1];

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
