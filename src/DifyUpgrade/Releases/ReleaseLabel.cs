namespace DifyUpgrade.Releases;

/// <summary>The label of what this program keeps in the cluster beside a release.</summary>
internal static class ReleaseLabel
{
    /// <summary>Its value is the release's name.</summary>
    public const string Name = "dify-upgrade/release";
}
