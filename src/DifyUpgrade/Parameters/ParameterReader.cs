using System.Text.RegularExpressions;

namespace DifyUpgrade.Parameters;

/// <summary>Turns what was typed into checked parameters, with all that is wrong said at once.</summary>
internal static partial class ParameterReader
{
    /// <summary>Helm's own limit for a release name, in characters: its labels and Secret names are made from it.</summary>
    private const int LongestRelease = 53;

    private const int LongestLabel = 63;

    private const int LongestSubdomain = 253;

    /// <summary>Checks the inputs without touching disk or cluster.</summary>
    /// <param name="inputs">What was typed.</param>
    /// <param name="findings">Receives what is wrong; the result is only of use when nothing was added.</param>
    /// <returns>The parameters.</returns>
    public static DeploymentParameters Read(DeploymentInputs inputs, ICollection<Finding> findings)
    {
        CheckName("--release", inputs.Release, LongestRelease, Subdomain(), findings);
        CheckName("--namespace", inputs.Namespace, LongestLabel, Label(), findings);
        CheckName("--config-map-name", inputs.ConfigMapName, LongestSubdomain, Subdomain(), findings);
        if (inputs.Revision < 1)
            findings.Add(Finding.Error($"{inputs.Revision} is not a revision: they count from 1", "--revision", "./build.sh Status lists the revisions"));
        if (inputs.PromptsRevision < 1)
            findings.Add(Finding.Error($"{inputs.PromptsRevision} is not a prompts revision: they count from 1", "--prompts-revision", "./build.sh Status lists them"));

        if (inputs is { Rehearsal: true, KubeContext: not null })
            findings.Add(Finding.Error("A rehearsal has a cluster of its own, and a context names another", "--sandbox, --kube-context", "Leave one of them out (the context may also come from KUBE_CONTEXT or .nuke/parameters.json)"));

        return new DeploymentParameters
        {
            RootFolder = inputs.RootFolder,
            Release = inputs.Release,
            Namespace = inputs.Namespace,
            Chart = Path.GetFullPath(inputs.Chart, inputs.RootFolder),
            ValuesFiles = [.. inputs.ValuesFiles.Select(file => Path.GetFullPath(file, inputs.RootFolder))],
            PromptFiles = ReadPromptFiles(inputs, findings),
            ConfigMapName = inputs.ConfigMapName,
            Timeout = ReadDuration("--timeout", inputs.Timeout, findings),
            WaitForLock = ReadPatience(inputs, findings),
            Repair = inputs.Repair,
            RollbackOnFailure = inputs.RollbackOnFailure,
            FailureGrace = ReadDuration("--failure-grace", inputs.FailureGrace, findings),
            MaxUnavailableSeconds = ReadSeconds(inputs.MaxUnavailableSeconds, findings),
            ProbeUrl = ReadProbeUrl(inputs.ProbeAddress, findings),
            AllowUnchecked = inputs.AllowUnchecked,
            Kubeconfig = inputs.Kubeconfig,
            KubeContext = inputs.KubeContext,
            Helm = inputs.Helm,
            Revision = inputs.Revision,
            Install = inputs.Install,
            ConfigMapDrift = inputs.ConfigMapDrift,
            ProbeImage = inputs.ProbeImage,
        };
    }

    private static void CheckName(string parameter, string value, int longest, Regex form, ICollection<Finding> findings)
    {
        if (value.Length > longest || !form.IsMatch(value))
        {
            findings.Add(Finding.Error(
                $"'{value}' is not a name: lower-case letters, digits and '-', at most {longest}",
                parameter,
                $"Pass another, for example {parameter} dify"));
        }
    }

    private static List<PromptFileArgument> ReadPromptFiles(DeploymentInputs inputs, ICollection<Finding> findings)
    {
        if (inputs.PromptFiles.Count == 0)
            findings.Add(Finding.Error("No prompt file is given", "--prompt-files", "--prompt-files prompts.py=custom-configs/prompts.py"));

        List<PromptFileArgument> files = [.. inputs.PromptFiles
            .Select(argument => PromptFileArgument.Read(argument, inputs.RootFolder, findings))
            .OfType<PromptFileArgument>()];
        foreach (var twice in files.GroupBy(file => file.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            findings.Add(Finding.Error(
                $"{twice.Count()} files are given for the key '{twice.Key}': {string.Join(", ", twice.Select(file => file.Path))}",
                "--prompt-files",
                "Give each file a key of its own: --prompt-files a.py=path/a.py b.py=path/b.py"));
        }

        return files;
    }

    private static TimeSpan ReadPatience(DeploymentInputs inputs, ICollection<Finding> findings) =>
        inputs.WaitForLock is { } wait ? ReadDuration("--wait-for-lock", wait, findings) : inputs.Repair ? DeploymentParameters.RepairPatience : TimeSpan.Zero;

    private static TimeSpan ReadDuration(string parameter, string text, ICollection<Finding> findings)
    {
        if (HelmDuration.Parse(text) is { } duration)
            return duration;
        findings.Add(Finding.Error($"'{text}' is not a duration between 1ms and 24h", parameter, $"Write it as helm does: {parameter} 10m, 90s or 1h30m"));
        return default;
    }

    private static double? ReadSeconds(double? seconds, ICollection<Finding> findings)
    {
        if (seconds is < 0 or double.NaN)
            findings.Add(Finding.Error($"{seconds} is not a number of seconds: 0 or more", "--max-unavailable-seconds", "--max-unavailable-seconds 0 allows no dip at all"));
        return seconds;
    }

    private static Uri? ReadProbeUrl(string? text, ICollection<Finding> findings)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https"))
            return url;
        findings.Add(Finding.Error("It is not a URL that begins with http:// or https://", "--probe-url", "For example: --probe-url https://dify.example.com/health"));
        return null;
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();
}
