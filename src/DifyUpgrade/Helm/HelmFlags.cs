using System.Globalization;

namespace DifyUpgrade.Helm;

/// <summary>The argument lists of the helm commands. What differs between helm 3.10 and 4 differs here and nowhere else.</summary>
internal static class HelmFlags
{
    /// <summary>The flag that tells helm one API version that the target cluster serves.</summary>
    public const string ApiVersions = "--api-versions";

    // https://github.com/helm/helm/pull/9426: the flag took a value from 3.13 on, and helm 4 deprecates it bare.
    private static readonly HelmVersion DryRunTakesValue = new(3, 13, 0);
    private static readonly HelmVersion HidesSecrets = new(3, 15, 0);

    /// <summary><c>helm template</c>; test hooks are left out, as they are no part of the running release.</summary>
    public static IReadOnlyList<string> Template(HelmRelease release, TemplateCapabilities capabilities) =>
    [
        "template", release.Name, release.Chart, "--namespace", release.Namespace,
        .. Values(release),
        "--skip-tests",
        .. When(capabilities.IsUpgrade, "--is-upgrade"),
        .. Option("--kube-version", capabilities.KubeVersion),
        .. capabilities.ApiVersions.SelectMany(version => Option(ApiVersions, version)),
    ];

    /// <summary><c>helm upgrade</c> that waits for the workloads.</summary>
    public static IReadOnlyList<string> Upgrade(HelmRelease release, UpgradeOptions options) =>
    [
        // Bare --wait is right for both: helm 4 turned it into an option whose value defaults to "watcher".
        .. UpgradeOf(release, options.Install), "--wait", "--timeout", GoDuration.Format(options.Timeout),
        .. Option("--history-max", options.HistoryMax?.ToString(CultureInfo.InvariantCulture)),
        .. Option("--description", options.Description),
    ];

    /// <summary><c>helm upgrade --dry-run</c> that may ask the cluster.</summary>
    public static IReadOnlyList<string> DryRun(HelmVersion version, HelmRelease release, bool install) =>
    [
        .. UpgradeOf(release, install),
        version >= DryRunTakesValue ? "--dry-run=server" : "--dry-run",
        .. When(version >= HidesSecrets, "--hide-secret"),
    ];

    /// <summary><c>helm history</c> as JSON; 256 is helm's own upper default.</summary>
    public static IReadOnlyList<string> History(string name, string ns) =>
        ["history", name, "--namespace", ns, "--output", "json", "--max", "256"];

    /// <summary><c>helm get manifest</c>.</summary>
    public static IReadOnlyList<string> Manifest(string name, string ns, int? revision) =>
        ["get", "manifest", name, "--namespace", ns, .. Option("--revision", revision?.ToString(CultureInfo.InvariantCulture))];

    /// <summary><c>helm get all</c> of the newest revision, in words that say which one that is: <c>helm get manifest</c> does not.</summary>
    public static IReadOnlyList<string> Newest(string name, string ns) =>
        ["get", "all", name, "--namespace", ns, "--template", "{{println .Release.Version}}{{.Release.Manifest}}"];

    /// <summary><c>helm rollback</c> to an explicit revision: without one helm takes current - 1, even if that one failed.</summary>
    public static IReadOnlyList<string> Rollback(HelmRollback rollback) =>
    [
        "rollback", rollback.Name, rollback.Revision.ToString(CultureInfo.InvariantCulture),
        "--namespace", rollback.Namespace, "--wait", "--timeout", GoDuration.Format(rollback.Timeout),
    ];

    // --reset-values: with no -f helm would silently reuse the values of the release before.
    private static IReadOnlyList<string> UpgradeOf(HelmRelease release, bool install) =>
    [
        "upgrade", release.Name, release.Chart, "--namespace", release.Namespace,
        .. Values(release),
        .. When(install, "--install"),
        "--reset-values",
    ];

    private static IEnumerable<string> Values(HelmRelease release) => release.ValuesFiles.SelectMany(file => Option("--values", file));

    private static IReadOnlyList<string> When(bool condition, string flag) => condition ? [flag] : [];

    private static IReadOnlyList<string> Option(string name, string? value) => value is null ? [] : [name, value];
}
