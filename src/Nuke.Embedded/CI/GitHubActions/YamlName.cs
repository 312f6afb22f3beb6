namespace Nuke.Common.CI.GitHubActions;

/// <summary>What GitHub calls things.</summary>
internal static class YamlName
{
    public static string Of(GitHubActionsImage image) => image switch
    {
        GitHubActionsImage.Ubuntu2404 => "ubuntu-24.04",
        GitHubActionsImage.Ubuntu2204 => "ubuntu-22.04",
        GitHubActionsImage.MacOsLatest => "macos-latest",
        _ => Humps.Split($"{image}", '-').ToLowerInvariant(),
    };

    public static string Of(GitHubActionsTrigger trigger) => Humps.Split($"{trigger}", '_').ToLowerInvariant();

    public static string Of(GitHubActionsPermissions permission) => Humps.Split($"{permission}", '-').ToLowerInvariant();
}
