using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Pods.Images;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>One container of a pod, over all its instances. Everything here happens under the gate.</summary>
/// <param name="pod">Its pod.</param>
/// <param name="spec">Its part of the pod's spec.</param>
/// <param name="isInit">Whether it runs before the others.</param>
internal sealed class SimulatedContainer(SimulatedPod pod, JsonObject spec, bool isInit)
{
    // How long kubelet takes to notice that a container has ended.
    private static readonly TimeSpan NoticeTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SyncTime = TimeSpan.FromSeconds(12);

    private readonly BackOff _crashes = new(pod.Services.Time);
    private Action? _settled;
    private Action? _whenEnded;

    /// <summary>Its part of the pod's spec.</summary>
    public JsonObject Spec { get; } = spec;

    /// <summary>Its name.</summary>
    public string Name { get; } = spec.Text("name")!;

    /// <summary>The image, as the spec names it.</summary>
    public string ImageName { get; } = spec.Text("image") ?? "";

    /// <summary>Whether it runs before the others.</summary>
    public bool IsInit { get; } = isInit;

    /// <summary>Where events say they are about it.</summary>
    public string Field { get; } = $"spec.{(isInit ? "initContainers" : "containers")}{{{spec.Text("name")}}}";

    /// <summary>What it does.</summary>
    public ContainerState State { get; private set; } = new Waiting(pod.InitCount > 0 ? "PodInitializing" : "ContainerCreating");

    /// <summary>How its former instance ended.</summary>
    public Terminated? Last { get; private set; }

    /// <summary>How often it was started again.</summary>
    public int RestartCount { get; private set; }

    /// <summary>What its image is, once it is there.</summary>
    public string? ImageId { get; private set; }

    /// <summary>The newest instance.</summary>
    public ContainerRun? Run { get; private set; }

    /// <summary>The instance before.</summary>
    public ContainerRun? Former { get; private set; }

    /// <summary>The newest instance's id.</summary>
    public string? ContainerId => Run?.Id;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => State is Running;

    /// <summary>Whether its startup is over.</summary>
    public bool Started => IsRunning;

    /// <summary>Whether it is ready.</summary>
    public bool Ready => IsInit ? HasSucceeded : IsRunning && Started;

    /// <summary>Whether it has ended well.</summary>
    public bool HasSucceeded => State is Terminated { ExitCode: 0 };

    /// <summary>Whether it lets the next init container begin.</summary>
    public bool IsInitialized => HasSucceeded;

    /// <summary>Whether it has ended and is not started again.</summary>
    public bool IsDone => State is Terminated ended && !Restarts(ended.ExitCode);

    /// <summary>Starts it for the first time.</summary>
    /// <param name="settled">Told when it has been started or could not be.</param>
    public void Begin(Action? settled)
    {
        _settled = settled;
        if (State is Waiting)
            State = new Waiting(pod.InitCount > 0 ? "PodInitializing" : "ContainerCreating");
        Pull();
    }

    /// <summary>Ends it: asks, and kills after the grace.</summary>
    /// <param name="grace">How long it may take.</param>
    /// <param name="ended">Told when it has ended.</param>
    public void Terminate(TimeSpan grace, Action ended)
    {
        if (!IsRunning)
            return;
        _whenEnded = ended;
        pod.Record("Normal", "Killing", $"Stopping container {Name}", Field);
        pod.After(TimeSpan.FromMilliseconds(100), () => Run?.Terminate());
        pod.After(grace, () => Run?.End(137));
    }

    /// <summary>It is gone, without a word.</summary>
    public void Drop()
    {
        _whenEnded = () => { };
        Run?.End(137);
    }

    private void Pull()
    {
        if (ImageReference.Parse(ImageName) is not { } reference)
        {
            Wait(new Waiting("InvalidImageName", $"Failed to apply default image tag \"{ImageName}\": couldn't parse image reference \"{ImageName}\": invalid reference format"));
            return;
        }

        var image = pod.Services.Images.Find(reference);
        if (image is null)
        {
            Wait(new Waiting("ErrImagePull", $"{reference.FullName}: not found"));
            return;
        }

        pod.Record("Normal", "Pulled", $"Container image \"{ImageName}\" already present on machine", Field);
        ImageId = reference.ImageId;
        pod.After(TimeSpan.FromMilliseconds(100), () => Create(image));
    }

    private void Wait(Waiting state)
    {
        State = state;
        pod.After(SyncTime, Pull);
        Settle();
    }

    private void Create(ContainerImage image)
    {
        pod.Record("Normal", "Created", $"Created container: {Name}", Field);
        var context = ContainerStart.Prepare(pod, Spec, image);
        (Former, Run) = (Run ?? Former, new ContainerRun($"containerd://{Guid.NewGuid():N}{Guid.NewGuid():N}", context, image, pod.Services.Due));
        pod.After(TimeSpan.FromMilliseconds(100), Start);
    }

    private void Start()
    {
        var run = Run!;
        if (State is Terminated ended)
            Last = ended;
        State = new Running(pod.Services.Time.Now);
        pod.Record("Normal", "Started", $"Started container {Name}", Field);
        run.Start(run.Image.Program(run.Context), code => pod.Step(() => OnEnd(run, code)));
        Settle();
    }

    private void OnEnd(ContainerRun run, int code)
    {
        State = new Terminated(code, code == 0 ? "Completed" : "Error", null, run.StartedAt, pod.Services.Time.Now, run.Id);
        if (_whenEnded is { } ended)
            ended();
        else
            pod.After(NoticeTime, AfterEnd);
    }

    private void AfterEnd()
    {
        if (State is not Terminated ended)
            return;
        if (!Restarts(ended.ExitCode))
        {
            pod.Ended(this);
            return;
        }

        var left = _crashes.LeftSince(ended.FinishedAt);
        if (left == TimeSpan.Zero)
        {
            Restart();
            return;
        }

        var name = $"{pod.Body.Text("metadata", "name")}_{pod.Body.Text("metadata", "namespace")}({pod.Uid})";
        Last = ended;
        State = new Waiting("CrashLoopBackOff", $"back-off {(_crashes.Current < TimeSpan.FromMinutes(1) ? $"{_crashes.Current.TotalSeconds:0}s" : $"{(int)_crashes.Current.TotalMinutes}m{_crashes.Current.Seconds}s")} restarting failed container={Name} pod={name}");
        pod.Record("Warning", "BackOff", $"Back-off restarting failed container {Name} in pod {name}", Field);
        pod.After(left, Restart);
    }

    private void Restart()
    {
        _crashes.Next();
        RestartCount++;
        Pull();
    }

    private bool Restarts(int exitCode) => pod.RestartPolicy switch
    {
        "Never" => false,
        "OnFailure" => exitCode != 0,
        _ => !IsInit || exitCode != 0,
    };

    private void Settle()
    {
        var settled = _settled;
        _settled = null;
        settled?.Invoke();
    }
}
