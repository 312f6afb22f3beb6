namespace DifyUpgrade.Scenarios.Harness;

/// <summary>A cluster that scenarios may write to.</summary>
public abstract class TestCluster
{
    /// <summary>A real one, which somebody started and named.</summary>
    public static TestCluster Kubernetes { get; } = new RealKubernetes();

    /// <summary>The embedded one.</summary>
    public static TestCluster Sandbox { get; } = new SandboxCluster(speed: 10);

    /// <summary>The embedded one with pods that live no faster than real ones.</summary>
    public static TestCluster SandboxInRealTime { get; } = new SandboxCluster(speed: 1);

    /// <summary>Its kubeconfig; known once it is started.</summary>
    public abstract string Kubeconfig { get; }

    /// <summary>The context of that kubeconfig.</summary>
    public abstract string Context { get; }

    /// <summary>Makes sure that it runs, or skips the calling test.</summary>
    public abstract Task StartAsync(CancellationToken cancellation);
}
