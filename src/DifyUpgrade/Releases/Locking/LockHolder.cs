using System.Globalization;

namespace DifyUpgrade.Releases.Locking;

/// <summary>Who holds a release, in words that help the one who waits: who, where, doing what, and the CI run if it is one.</summary>
/// <param name="Identity">Different for every run, also of one person on one machine.</param>
/// <param name="Target">What it is doing.</param>
/// <param name="CiRun">The address of the CI run; null outside CI.</param>
/// <param name="Timeout">What it gives helm.</param>
internal sealed record LockHolder(string Identity, string Target, Uri? CiRun, TimeSpan Timeout)
{
    /// <summary>The annotation that names the target.</summary>
    public const string TargetAnnotation = "dify-upgrade/target";

    /// <summary>The annotation that names the CI run.</summary>
    public const string CiRunAnnotation = "dify-upgrade/ci-run";

    /// <summary>The annotation that tells the machine from all others.</summary>
    public const string MachineAnnotation = "dify-upgrade/machine";

    /// <summary>The annotation with the seconds that helm may take.</summary>
    public const string TimeoutAnnotation = "dify-upgrade/timeout-seconds";

    /// <summary>This run.</summary>
    /// <param name="target">What it is doing.</param>
    /// <param name="timeout">What it gives helm.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static LockHolder ThisRun(string target, TimeSpan timeout, Func<string, string?> variable)
    {
        var who = variable("GITHUB_ACTOR") ?? variable("GITLAB_USER_LOGIN") ?? Environment.UserName;
        var unique = Guid.NewGuid().ToString("N")[..8];
        return new LockHolder($"{who}@{Environment.MachineName}/{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{unique}", target, CiRunOf(variable), timeout);
    }

    /// <summary>For the Lease.</summary>
    /// <param name="earlier">The runs before this one.</param>
    public IReadOnlyDictionary<string, string> Annotations(IReadOnlyList<WorkWindow> earlier)
    {
        var annotations = new Dictionary<string, string>
        {
            [TargetAnnotation] = Target,
            [MachineAnnotation] = MachineIdentity.Here,
            [TimeoutAnnotation] = Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            [WorkWindow.Annotation] = WorkWindow.Write(earlier),
        };
        if (CiRun is not null)
            annotations[CiRunAnnotation] = CiRun.ToString();
        return annotations;
    }

    // Each CI system has variables of its own for this: GitHub, GitLab, Jenkins and Azure are the usual ones.
    private static Uri? CiRunOf(Func<string, string?> variable)
    {
        var address = variable("GITHUB_RUN_ID") is { Length: > 0 } run
            ? $"{variable("GITHUB_SERVER_URL")}/{variable("GITHUB_REPOSITORY")}/actions/runs/{run}"
            : variable("BUILD_BUILDID") is { Length: > 0 } azure
            ? $"{variable("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI")}{variable("SYSTEM_TEAMPROJECT")}/_build/results?buildId={azure}"
            : variable("CI_JOB_URL") ?? variable("BUILD_URL");
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? new UriBuilder(uri) { UserName = "", Password = "" }.Uri : null;
    }
}
