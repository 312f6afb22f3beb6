using DifyUpgrade.Cluster;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Mounts;

/// <summary>Judges what reading one file brought.</summary>
internal static class EvidenceRow
{
    /// <summary>A row for something that could not be read.</summary>
    /// <param name="mount">What was promised.</param>
    /// <param name="pod">The pod; empty when there is none.</param>
    /// <param name="expected">SHA-256 in hex by key.</param>
    /// <param name="reason">Why it could not be read.</param>
    /// <returns>The row.</returns>
    public static MountEvidence NotChecked(ContractMount mount, string pod, IReadOnlyDictionary<string, string> expected, string reason) =>
        Row(mount, pod, expected, null) with { Reason = reason };

    /// <summary>A row for a file that was read, or was found missing.</summary>
    /// <param name="mount">What was promised.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="expected">SHA-256 in hex by key.</param>
    /// <param name="file">What the container showed.</param>
    /// <returns>The row.</returns>
    public static MountEvidence Of(ContractMount mount, string pod, IReadOnlyDictionary<string, string> expected, PodFile file)
    {
        var row = Row(mount, pod, expected, file);
        if (!expected.ContainsKey(mount.Key!))
            return row with { Reason = $"nothing says what '{mount.Key}' should hold" };
        if (file.State is PodFileState.Missing or PodFileState.IsDirectory)
            return row with { Verdict = MountVerdict.Refuted, Reason = file.State == PodFileState.Missing ? "there is no such file" : "a folder is there" };
        if (file.Sha256 is null)
            return row with { Reason = file.Detail ?? "it could not be read" };
        if (file.Sha256 != row.ExpectedSha256)
            return row with { Verdict = MountVerdict.Refuted, Reason = OtherContent(mount, file) };
        if (file.Mount is { } seen && !IsMounted(mount, seen))
            return row with { Reason = "the content is right, but the mount table shows no mount there: it may be the image's own file" };
        return mount.ReadOnly ? JudgeReadOnly(row) : row with { Verdict = MountVerdict.Proven };
    }

    private static string OtherContent(ContractMount mount, PodFile file) => (StockFiles.VersionsOf(file.Sha256!), file.Mount) switch
    {
        ({ } versions, { } seen) when !IsMounted(mount, seen) => $"the pod serves the file that the image ships (Dify {versions}): nothing is mounted there",
        (_, { } seen) when !IsMounted(mount, seen) => "the pod serves the file that the image ships: nothing is mounted there",
        ({ } versions, _) => $"the pod serves the file that the image of Dify {versions} ships, not yours",
        _ => "the pod serves other content",
    };

    private static bool IsMounted(ContractMount mount, FileMount seen) => mount.SubPath ? seen.IsOwnMount : seen.MountPoint != "/";

    private static MountEvidence JudgeReadOnly(MountEvidence row) => row.ReadOnly switch
    {
        true => row with { Verdict = MountVerdict.Proven },
        false => row with { Verdict = MountVerdict.Refuted, Reason = "the mount is writable" },
        null => row with { Reason = "the mount table could not be read" },
    };

    private static MountEvidence Row(ContractMount mount, string pod, IReadOnlyDictionary<string, string> expected, PodFile? file) => new()
    {
        Mount = mount,
        Pod = pod,
        ExpectedSha256 = expected.GetValueOrDefault(mount.Key!) ?? "",
        SeenSha256 = file?.Sha256,
        ReadOnly = file?.Mount?.ReadOnly,
        Verdict = MountVerdict.NotChecked,
        Reason = "",
    };
}
