using System.Text.RegularExpressions;

namespace DifyUpgrade.Prompts;

/// <summary>An image tag, and the version it names, if it names one.</summary>
/// <param name="Text">The tag as given.</param>
/// <param name="Version">The version; null for latest, main, digests and the like, which may mean any.</param>
/// <param name="Note">What makes the version less than certain, as a clause; null when nothing does.</param>
internal sealed partial record DifyTag(string Text, DifyVersion? Version, string? Note)
{
    /// <summary>Reads a tag, or the tag of an image reference.</summary>
    /// <param name="text">Such as 1.12.1, v1.12.1, 1.12.1-amd64, 1.10.1-fix.1 or langgenius/dify-api:1.12.1.</param>
    /// <returns>The tag.</returns>
    public static DifyTag Parse(string text)
    {
        var reference = text.Trim();
        var digestAt = reference.IndexOf('@', StringComparison.Ordinal);
        var tag = digestAt < 0 ? reference : reference[..digestAt];

        // A colon before the last slash belongs to the registry's port.
        var colon = tag.LastIndexOf(':');
        if (colon > tag.LastIndexOf('/'))
            tag = tag[(colon + 1)..];

        var match = VersionPattern().Match(tag);
        if (!match.Success)
            return new DifyTag(text, null, null);

        var suffix = Suffix.Read(match.Groups["suffix"].Value);
        var note = digestAt >= 0 ? "its digest, not its tag, decides what is pulled"
            : !match.Groups["patch"].Success ? "it has no third number; 0 is assumed"
            : suffix.Unknown is { } unknown ? $"its suffix {unknown} is not one of Dify's own"
            : null;
        var version = new DifyVersion(Number(match, "major"), Number(match, "minor"), Number(match, "patch"), suffix.Fix, suffix.IsPrerelease);
        return new DifyTag(text, version, note);
    }

    private static int Number(Match match, string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan) : 0;

    [GeneratedRegex(
        @"^v?(?<major>[0-9]{1,4})\.(?<minor>[0-9]{1,4})(?:\.(?<patch>[0-9]{1,4}))?(?:[-_+.](?<suffix>.+))?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex VersionPattern();

    [GeneratedRegex("^(?:amd64|arm64|x86_64|aarch64)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Architecture();

    [GeneratedRegex(@"^fix\.?(?<number>[0-9]{0,3})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex FixPattern();

    [GeneratedRegex(@"^(?:alpha|beta|rc|pre|preview|dev)[.]?[0-9]*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Prerelease();

    private sealed record Suffix(int Fix, bool IsPrerelease, string? Unknown)
    {
        public static Suffix Read(string text)
        {
            var read = new Suffix(0, false, null);
            foreach (var part in text.Split('-', StringSplitOptions.RemoveEmptyEntries))
            {
                if (FixPattern().Match(part) is { Success: true } fix)
                    read = read with { Fix = fix.Groups["number"].Length == 0 ? 1 : int.Parse(fix.Groups["number"].ValueSpan) };
                else if (Prerelease().IsMatch(part))
                    read = read with { IsPrerelease = true };
                else if (!Architecture().IsMatch(part))
                    read = read with { Unknown = part };
            }

            return read;
        }
    }
}
