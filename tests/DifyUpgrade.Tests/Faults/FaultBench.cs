using DifyUpgrade.Parameters;
using DifyUpgrade.Reporting;
using Serilog;
using Serilog.Core;
using Xunit;

namespace DifyUpgrade.Tests.Faults;

/// <summary>Runs targets in this process against a sandbox whose calls fail as scripted.</summary>
internal sealed class FaultBench : IDisposable
{
    // Fast enough for a silence of 30 s to take one, slow enough for a request on a busy machine.
    private const double Speed = 30;

    private static readonly Dictionary<string, string[]> Chains = new(StringComparer.Ordinal)
    {
        ["DryRun"] = ["ValidateConfigMap", "RenderTemplate", "DryRun"],
        ["Upgrade"] = ["ValidateConfigMap", "RenderTemplate", "DryRun", "Upgrade", "VerifyMount"],
    };

    private readonly ScaledTime _time = new(Speed);
    private readonly string _root = Directory.CreateTempSubdirectory("faults-").FullName;
    private readonly string _helm;
    private readonly ILogger _log;
    private int _changes;

    private FaultBench(SandboxProcess sandbox, string helm)
    {
        Sandbox = sandbox;
        _helm = helm;
        _log = Logger.None;
        foreach (var file in (string[])["values-dify.yaml", "values-dify-prod.yaml"])
            File.Copy(Path.Combine(Repository, file), Path.Combine(_root, file));
        File.Copy(Path.Combine(Repository, "values-secrets.example.yaml"), Path.Combine(_root, "values-secrets.yaml"));
        foreach (var folder in (string[])["charts", "custom-configs"])
            Copy(Path.Combine(Repository, folder), Path.Combine(_root, folder));
        File.WriteAllText(Path.Combine(_root, "values-fast.yaml"), """
            api: {replicas: 1, readinessProbe: {initialDelaySeconds: 0, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
            worker: {replicas: 1, minReadySeconds: 0, terminationGracePeriodSeconds: 2}
            beat: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
            web: {readinessProbe: {initialDelaySeconds: 0, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
            """);
    }

    public static string Repository { get; } = FindRepository();

    public SandboxProcess Sandbox { get; }

    /// <summary>Starts a sandbox and installs the release.</summary>
    public static async Task<FaultBench> StartAsync(string helm, CancellationToken cancellation)
    {
        var bench = new FaultBench(await SandboxProcess.StartAsync(cancellation), helm);
        await bench.Sandbox.CreateNamespaceAsync("dify", cancellation);
        Assert.Null(await bench.RunAsync("Upgrade", cancellation));
        Assert.Null(await bench.RunAsync("Upgrade", cancellation));
        return bench;
    }

    public void Dispose()
    {
        Sandbox.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>Makes the next run have something to do.</summary>
    public void Change()
    {
        File.AppendAllText(Path.Combine(_root, "custom-configs", "prompts.py"), $"\n# change {++_changes}\n");
        File.WriteAllText(Path.Combine(_root, "values-tag.yaml"), $"image: {{api: {{tag: \"{(_changes % 2 == 0 ? "1.12.1" : "1.11.4")}\"}}}}\n");
    }

    /// <summary>Runs a target as ./build.sh does, with the targets it depends on.</summary>
    /// <returns>The expected failure; null when it succeeded. Anything unexpected is thrown.</returns>
    public async Task<DeploymentException?> RunAsync(string target, CancellationToken cancellation)
    {
        if (target is "Upgrade" or "RefreshPrompts")
            Change();
        var stages = Chains.GetValueOrDefault(target, [target]);
        using var deployment = new Deployment(Inputs() with { FollowingTargets = stages }, _log, new ResultLines(null), _time);
        try
        {
            foreach (var stage in stages)
                await Stage(deployment, stage, cancellation);
            return null;
        }
        catch (DeploymentException expected)
        {
            return expected;
        }
    }

    private static Task Stage(Deployment deployment, string name, CancellationToken cancellation) => name switch
    {
        "ValidateConfigMap" => deployment.ValidateConfigMapAsync(cancellation),
        "RenderTemplate" => deployment.RenderTemplateAsync(cancellation),
        "DryRun" => deployment.DryRunAsync(cancellation),
        "Upgrade" => deployment.UpgradeAsync(cancellation),
        "VerifyMount" => deployment.VerifyMountAsync(cancellation),
        "Rollback" => deployment.RollbackAsync(cancellation),
        "RefreshPrompts" => deployment.RefreshPromptsAsync(cancellation),
        "Status" => deployment.StatusAsync(cancellation),
        _ => deployment.DiffPromptsAsync(cancellation),
    };

    // Durations count in the sped-up time, but for helm, which has its own.
    private DeploymentInputs Inputs() => new()
    {
        RootFolder = _root,
        Release = "dify",
        Namespace = "dify",
        Chart = "charts/dify",
        ValuesFiles = ["values-dify.yaml", "values-secrets.yaml", "values-dify-prod.yaml", "values-fast.yaml", .. File.Exists(Path.Combine(_root, "values-tag.yaml")) ? (string[])["values-tag.yaml"] : []],
        PromptFiles = ["prompts.py=custom-configs/prompts.py"],
        ConfigMapName = "dify-prompts",
        Timeout = "1h",
        WaitForLock = "10m",
        FailureGrace = "10m",
        Kubeconfig = Sandbox.Kubeconfig,
        Helm = _helm,
        Install = true,
        ConfigMapDrift = ConfigMapDrift.Apply,
    };

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DifyUpgrade.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("DifyUpgrade.slnx not found");
    }
}
