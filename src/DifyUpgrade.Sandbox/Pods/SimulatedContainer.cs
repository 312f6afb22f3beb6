using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Pods.Images;
using DifyUpgrade.Sandbox.Pods.Probes;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>One container of a pod, over all its instances. Everything here happens under the gate.</summary>
internal sealed class SimulatedContainer
{
    private static readonly TimeSpan CreateTime = TimeSpan.FromMilliseconds(100);

    // How long kubelet takes to notice that a container has ended, and how often it looks at one in trouble.
    private static readonly TimeSpan NoticeTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SyncTime = TimeSpan.FromSeconds(13);

    private readonly SimulatedPod _pod;
    private readonly ImagePull _pull;
    private readonly CrashLoop _crashes;
    private readonly ContainerStop _stop;
    private readonly ContainerProbes _probes;
    private readonly StartHook _hook;
    private Action? _settled;
    private string? _endReason;

    /// <summary>A container that waits for its turn.</summary>
    /// <param name="pod">Its pod.</param>
    /// <param name="spec">Its part of the pod's spec.</param>
    /// <param name="isInit">Whether it runs before the others.</param>
    public SimulatedContainer(SimulatedPod pod, JsonObject spec, bool isInit)
    {
        (_pod, Spec, IsInit, Name, ImageName) = (pod, spec, isInit, spec.Text("name")!, spec.Text("image") ?? "");
        Field = $"spec.{(isInit ? "initContainers" : "containers")}{{{Name}}}";
        State = new Waiting(pod.InitCount > 0 ? "PodInitializing" : "ContainerCreating");
        _pull = new ImagePull(pod, this);
        _crashes = new CrashLoop(pod, this);
        _stop = new ContainerStop(pod, this);
        _probes = new ContainerProbes(pod, this);
        _hook = new StartHook(pod, this);
    }

    /// <summary>Its part of the pod's spec.</summary>
    public JsonObject Spec { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The image, as the spec names it.</summary>
    public string ImageName { get; }

    /// <summary>Whether it runs before the others.</summary>
    public bool IsInit { get; }

    /// <summary>Whether it runs before the others and beside them.</summary>
    public bool IsSidecar => IsInit && Spec.Text("restartPolicy") == "Always";

    /// <summary>Where events say they are about it.</summary>
    public string Field { get; }

    /// <summary>What it does.</summary>
    public ContainerState State { get; private set; }

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

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => State is Running;

    /// <summary>Whether its startup is over.</summary>
    public bool Started => IsRunning && !_hook.IsRunning && _probes.HasStarted;

    /// <summary>Whether it is ready.</summary>
    public bool Ready => IsInit && !IsSidecar ? HasSucceeded : Started && _probes.IsReady;

    /// <summary>Whether it has ended well.</summary>
    public bool HasSucceeded => State is Terminated { ExitCode: 0 };

    /// <summary>Whether it lets the next init container begin.</summary>
    public bool IsInitialized => IsSidecar ? Started : HasSucceeded;

    /// <summary>Whether it has ended and is not started again.</summary>
    public bool IsDone => State is Terminated ended && !Restarts(ended.ExitCode);

    /// <summary>Takes over what a former process of the sandbox had: all that ran is lost, as when a node goes down.</summary>
    public void Adopt(JsonObject status)
    {
        var running = status.At("state", "running");
        RestartCount = (int)(status.Number("restartCount") ?? 0) + (running is null ? 0 : 1);
        if (running is not null)
            Last = new Terminated(255, "Unknown", null, _pod.Services.Time.Now, _pod.Services.Time.Now, status.Text("containerID"));
    }

    /// <summary>Starts it for the first time.</summary>
    /// <param name="settled">Told when it has been started or could not be.</param>
    public void Begin(Action? settled)
    {
        _settled = settled;
        _pull.Begin(Create);
    }

    /// <summary>Starts it again.</summary>
    public void Restart()
    {
        RestartCount++;
        _pull.Begin(Create);
    }

    /// <summary>It waits.</summary>
    public void Wait(Waiting state)
    {
        Last = State as Terminated ?? Last;
        State = state;
        Settle();
    }

    /// <summary>Its readiness or its startup has changed.</summary>
    public void Probed()
    {
        if (IsSidecar && Started)
            _pod.Advance();
    }

    /// <summary>Ends it so that it is started again.</summary>
    /// <param name="why">What the event says.</param>
    /// <param name="grace">How long it may take.</param>
    public void Kill(string why, TimeSpan grace)
    {
        if (!IsRunning)
            return;
        _probes.Stop();
        _pod.Normal("Killing", why, Field);
        _stop.Begin(grace);
    }

    /// <summary>Ends it because its pod ends.</summary>
    public void Terminate(TimeSpan grace) => Kill($"Stopping container {Name}", grace);

    /// <summary>The system ends it.</summary>
    /// <param name="reason">Such as <c>OOMKilled</c>.</param>
    /// <param name="only">The instance that is meant; null for whichever runs.</param>
    public void Crush(string reason, ContainerRun? only = null)
    {
        if (Run is not { IsRunning: true } run || (only is not null && only != run))
            return;
        _endReason = reason;
        run.End(137);
    }

    /// <summary>It is told to go, and goes.</summary>
    public void Quit()
    {
        Run?.Terminate();
        Run?.End(137);
    }

    /// <summary>It is gone, without a word.</summary>
    public void Drop()
    {
        _probes.Stop();
        Run?.Abandon();
    }

    private void Create(ContainerImage image, ImageReference reference)
    {
        ImageId = reference.ImageId;
        var start = new ContainerStart(_pod, Spec, image);
        try
        {
            var environment = start.Environment();
            var context = start.Prepare(environment);
            _pod.Normal("Created", $"Created container: {Name}", Field);
            _pod.After(CreateTime, () => Start(start, context, image));
        }
        catch (ContainerStartException failure) when (failure.Reason != "StartError")
        {
            _pod.Warning("Failed", $"Error: {failure.Message}", Field);
            Wait(new Waiting(failure.Reason, failure.Message));
            _pod.After(SyncTime, () => _pull.Begin(Create));
        }
        catch (ContainerStartException failure)
        {
            _pod.Normal("Created", $"Created container: {Name}", Field);
            _pod.After(CreateTime, () => NotStarted(image, failure));
        }
    }

    private void Start(ContainerStart start, ProgramContext context, ContainerImage image)
    {
        IEnumerable<ProgramStep> program;
        try
        {
            program = start.Program(context);
        }
        catch (ContainerStartException failure)
        {
            NotStarted(image, failure);
            return;
        }

        Last = State as Terminated ?? Last;
        var run = Renew(new ContainerRun(context, image, _pod.Services.Due));
        State = new Running(run.StartedAt);
        _pod.Normal("Started", $"Started container {Name}", Field);
        run.Start(StartFaults.Of(_pod, Name, program), code => _pod.Step(() => OnEnd(run, code)));
        _hook.Begin(run, () => _probes.Begin(run));
        if (_pod.Services.Faults.PodFault(FaultKind.OutOfMemory, _pod.Body, Name) is not null || start.IsTooLarge(context))
            _pod.After(NoticeTime, () => Crush("OOMKilled", run));
        Settle();
    }

    private ContainerRun Renew(ContainerRun run)
    {
        (Former, Run) = (Run ?? Former, run);
        return run;
    }

    private void NotStarted(ContainerImage image, ContainerStartException failure)
    {
        var now = _pod.Services.Time.Now;
        var run = Renew(new ContainerRun(null, image, _pod.Services.Due));
        Last = new Terminated(128, failure.Reason, failure.Message, DateTimeOffset.UnixEpoch, now, run.Id);
        State = new Waiting("RunContainerError", failure.Message);
        _pod.Warning("Failed", $"Error: {failure.Message}", Field);
        Settle();
        _pod.After(NoticeTime, () => AfterEnd(Last));
    }

    private void OnEnd(ContainerRun run, int code)
    {
        _hook.Stop();
        _probes.Stop();
        var reason = _endReason ?? (code == 0 ? "Completed" : "Error");
        _endReason = null;
        State = new Terminated(code, reason, TerminationMessage.Of(Spec, run, code), run.StartedAt, _pod.Services.Time.Now, run.Id);
        if (_pod.Stage >= PodStage.Terminating)
            _pod.Ended(this);
        else
            _pod.After(NoticeTime, () => AfterEnd((Terminated)State));
    }

    private void AfterEnd(Terminated ended)
    {
        if (!Restarts(ended.ExitCode))
        {
            State = ended;
            _pod.Ended(this);
        }
        else
        {
            _crashes.Next(ended);
        }
    }

    private bool Restarts(int exitCode) => _pod.Stage < PodStage.Terminating && (IsSidecar || _pod.RestartPolicy switch
    {
        "Never" => false,
        "OnFailure" => exitCode != 0,
        _ => !IsInit || exitCode != 0,
    });

    private void Settle()
    {
        var settled = _settled;
        _settled = null;
        settled?.Invoke();
    }
}
