using DifyUpgrade.Inspection;
using DifyUpgrade.Parameters;
using DifyUpgrade.Planning;
using DifyUpgrade.Prompts;
using DifyUpgrade.Releases;
using Serilog;

namespace DifyUpgrade.Rehearsals;

/// <summary>
/// Gives an empty sandbox something to upgrade: the namespace, the ConfigMap, and revision 1 of the release with the Dify
/// version before the one that the values files name.
/// </summary>
/// <param name="inputs">What was typed; its kubeconfig is the sandbox's.</param>
/// <param name="log">Where lines for people go.</param>
/// <param name="time">The clock.</param>
/// <param name="source">Fetches the values files.</param>
internal sealed class Baseline(DeploymentInputs inputs, ILogger log, TimeProvider time, ValuesSource source)
{
    // What an installation for rehearsal says in detail would only bury what the run itself has to say.
    private readonly ILogger _quiet = new LoggerConfiguration().MinimumLevel.Error().WriteTo.Logger(log).CreateLogger();

    /// <summary>Installs it where the release does not exist yet.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>When there is a release.</returns>
    /// <exception cref="DeploymentException">What stands in the way of every upgrade stands in the way of this one too.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var opener = new SessionOpener(inputs, _quiet, time, source);
        using var cluster = opener.Connect();
        await cluster.EnsureNamespaceAsync(inputs.Namespace, cancellation);
        var access = await opener.OpenAccessAsync(cancellation);
        if (await access.Helm.HistoryAsync(inputs.Release, inputs.Namespace, cancellation) is not null)
            return;

        var tag = await TagAsync(opener, cancellation);
        log.Information("Sandbox: there is no release {Release:l} yet, so a baseline to upgrade from is being installed …", inputs.Release);
        if (PromptContract.Shipped.VersionBefore(tag) is { } older && await TryInstallAsync(tag, older, cancellation))
            return;
        await InstallAsync(inputs, cancellation);
        log.Information("Sandbox: revision 1 of {Release:l} is installed as the values files have it", inputs.Release);
    }

    // Prompts that suit the target version need not suit the one before it; then the rehearsal starts from the target itself.
    private async Task<bool> TryInstallAsync(string tag, string older, CancellationToken cancellation)
    {
        if (OlderValues.Of(await ReadValuesAsync(cancellation), tag, older) is not { } baseline)
        {
            log.Information("Sandbox: no value of the chart or of the values files names the version {Tag:l}, so revision 1 cannot have an older one", tag);
            return false;
        }

        var values = Path.Combine(inputs.RootFolder, ".nuke", "temp", "sandbox", "values-baseline.yaml");
        await File.WriteAllTextAsync(values, baseline.ToJsonString(), cancellation);
        try
        {
            await InstallAsync(inputs with { ValuesFiles = [.. inputs.ValuesFiles, values] }, cancellation);
            log.Information("Sandbox: revision 1 of {Release:l} is installed with Dify {Version:l}", inputs.Release, older);
            return true;
        }
        catch (DeploymentException refused) when (refused.ExitCode == ExitCode.NothingChanged)
        {
            return false;
        }
    }

    // A packed chart keeps its own values to itself; then those of the values files have to do.
    private async Task<IReadOnlyList<string>> ReadValuesAsync(CancellationToken cancellation)
    {
        var files = inputs.ValuesFiles.Prepend(Path.Combine(inputs.Chart, "values.yaml")).Select(file => Path.GetFullPath(file, inputs.RootFolder)).Where(File.Exists);
        return await Task.WhenAll(files.Select(file => File.ReadAllTextAsync(file, cancellation)));
    }

    private async Task InstallAsync(DeploymentInputs wanted, CancellationToken cancellation)
    {
        var session = await new SessionOpener(wanted with { Install = true, ConfigMapDrift = ConfigMapDrift.Apply }, _quiet, time, source).OpenAsync(cancellation);
        await new DryRun(session).RunAsync(cancellation);
        await new UpgradeRun(session).RunAsync(cancellation);
    }

    private static async Task<string> TagAsync(SessionOpener opener, CancellationToken cancellation)
    {
        var (_, chart) = await opener.OpenLocalAsync(cancellation);
        return chart.Contract.Mounts.Select(mount => PromptCheck.TagOf(mount.Image)).FirstOrDefault() ?? "";
    }
}
