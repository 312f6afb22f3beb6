namespace DifyUpgrade.Prompts;

/// <summary>A Dify version, comparable by <see cref="Rank"/>.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
/// <param name="Patch">The third number.</param>
/// <param name="Fix">The number of a fix release such as 1.10.1-fix.1; 0 for the release itself.</param>
/// <param name="IsPrerelease">An alpha, beta or release candidate: it comes before its release.</param>
internal readonly record struct DifyVersion(int Major, int Minor, int Patch, int Fix, bool IsPrerelease)
{
    /// <summary>Larger for later versions. Every number is below 100,000, and fixes below 500, so a long holds it.</summary>
    public long Rank => (((((Major * 100_000L) + Minor) * 100_000L) + Patch) * 1_000L) + (Math.Min(Fix, 499) * 2) + (IsPrerelease ? 0 : 1);

    /// <summary>Whether both are the same release, fixes apart.</summary>
    /// <param name="other">The other version.</param>
    /// <returns>True when they differ in their fix at most.</returns>
    public bool IsFixOf(DifyVersion other) =>
        (Major, Minor, Patch, IsPrerelease) == (other.Major, other.Minor, other.Patch, other.IsPrerelease);
}
