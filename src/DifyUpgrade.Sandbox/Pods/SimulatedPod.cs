using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Pods.Volumes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>One pod on its node. Everything here happens under the gate.</summary>
internal sealed class SimulatedPod
{
    private static readonly TimeSpan MountTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SandboxTime = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromMilliseconds(300);

    private readonly List<DueAction> _pending = [];
    private readonly VolumeSetUp _setUp;
    private StoredObject _current;
    private TimeSpan _grace;
    private bool _vanished;
    private bool _isToBeRemoved;

    /// <summary>A pod that its node just heard of.</summary>
    public SimulatedPod(NodeServices services, StoredObject pod)
    {
        (Services, _current, StartedAt) = (services, pod, services.Time.Now);
        (Spec, Node) = ((JsonObject)pod.Body["spec"]!, pod.Body.Text("spec", "nodeName")!);
        (Events, FullName) = (services.Events(Node), $"{pod.Name}_{pod.Namespace}({pod.Uid})");
        InitCount = Spec.Items("initContainers").Count();
        InitContainers = [.. Spec.Items("initContainers").Select(spec => new SimulatedContainer(this, spec, isInit: true))];
        Containers = [.. Spec.Items("containers").Select(spec => new SimulatedContainer(this, spec, isInit: false))];
        Volumes = new PodVolumes(this);
        _setUp = new VolumeSetUp(this);
    }

    /// <summary>What all pods share.</summary>
    public NodeServices Services { get; }

    /// <summary>The pod as it was last seen.</summary>
    public JsonObject Body => _current.Body;

    /// <summary>Its spec, as it was when the node took it on.</summary>
    public JsonObject Spec { get; }

    /// <summary>Its uid.</summary>
    public string Uid => _current.Uid;

    /// <summary>Its name with namespace and uid, as kubelet's messages have it.</summary>
    public string FullName { get; }

    /// <summary>Its node.</summary>
    public string Node { get; }

    /// <summary>Its volumes.</summary>
    public PodVolumes Volumes { get; }

    /// <summary>The containers that run before the others.</summary>
    public IReadOnlyList<SimulatedContainer> InitContainers { get; }

    /// <summary>The containers it is about.</summary>
    public IReadOnlyList<SimulatedContainer> Containers { get; }

    /// <summary>All containers.</summary>
    public IEnumerable<SimulatedContainer> AllContainers => InitContainers.Concat(Containers);

    /// <summary>How many containers run before the others.</summary>
    public int InitCount { get; }

    /// <summary>Why the pod as a whole has failed, in one word and in a sentence, if it has.</summary>
    public (string Reason, string Message)? Failure { get; private set; }

    /// <summary>Whether its deletion has begun.</summary>
    public bool IsTerminating => _current.IsTerminating;

    /// <summary>How far it has come.</summary>
    public PodStage Stage { get; private set; }

    /// <summary>When the node took it on.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Its address, once it has one.</summary>
    public string? Address { get; private set; }

    /// <summary>What becomes of containers that end: <c>Always</c>, <c>OnFailure</c> or <c>Never</c>.</summary>
    public string RestartPolicy => Spec.Text("restartPolicy") ?? "Always";

    private EventSource Events { get; }

    private TimeSpan Grace => TimeSpan.FromSeconds(Body.Number("metadata", "deletionGracePeriodSeconds") ?? 30);

    private bool IsLost => Services.Faults.IsLost(Node);

    /// <summary>A container by its name.</summary>
    public SimulatedContainer? Find(string name) => AllContainers.FirstOrDefault(container => container.Name == name);

    /// <summary>Sets the pod up.</summary>
    public void Begin() => Step(() =>
    {
        Adopt();
        After(MountTime, () => _setUp.Try(MakeSandbox));
    });

    /// <summary>Takes over a newer version of the pod.</summary>
    public void Update(StoredObject pod)
    {
        _current = pod;
        if (pod.IsTerminating && Stage < PodStage.Terminating)
            Step(Terminate);
        else if (pod.IsTerminating && Stage == PodStage.Terminating && Grace < _grace)
            Step(HurryUp);
        else if (pod.IsTerminating && Stage == PodStage.Ended)
            RemoveSoon();
    }

    /// <summary>The pod is gone from the cluster: so is what runs of it.</summary>
    public void Vanish()
    {
        _vanished = true;
        Stage = PodStage.Ended;
        Release();
    }

    /// <summary>The node ends the pod, because it is short of something.</summary>
    public void Evict(string message) => Step(() =>
    {
        Warning("Evicted", message);
        Failure = ("Evicted", message);
        Stage = PodStage.Ended;
        foreach (var container in AllContainers)
            container.Crush("Error");
        Release();
    });

    /// <summary>Something was scripted or is over: tells the cluster what a lost node could not.</summary>
    public void Reconnect() => Step(() =>
    {
        if (Stage == PodStage.Ended && IsTerminating)
            PodRemoval.Remove(Services, _current);
    });

    /// <summary>Lets something happen to this pod later.</summary>
    public void After(TimeSpan podTime, Action action) => AfterQuietly(podTime, () => Step(action));

    /// <summary>Lets something happen to this pod later that changes nothing by itself, so that it costs no look at the status.</summary>
    public DueAction AfterQuietly(TimeSpan podTime, Action action)
    {
        _pending.RemoveAll(due => due.IsCancelled);
        var due = Services.Due.After(podTime, action);
        _pending.Add(due);
        return due;
    }

    /// <summary>Does something, then tells the cluster what has changed by it.</summary>
    public void Step(Action action)
    {
        if (_vanished)
            return;
        action();
        if (!_vanished && !IsLost)
            _current = PodStatus.Publish(this, _current);
    }

    /// <summary>Tells that something went as it should.</summary>
    public void Normal(string reason, string message, string? field = null)
    {
        if (!IsLost)
            Events.Normal(_current, reason, message, field);
    }

    /// <summary>Tells that something went wrong.</summary>
    public void Warning(string reason, string message, string? field = null)
    {
        if (!IsLost)
            Events.Warning(_current, reason, message, field);
    }

    /// <summary>A container has ended and stays so.</summary>
    public void Ended(SimulatedContainer container)
    {
        if (container.IsInit)
            Advance();
        if (Stage == PodStage.Terminating)
            RemoveWhenDone();
        else if (Stage == PodStage.Running && Containers.All(other => other.IsDone))
            End();
    }

    /// <summary>Goes on with the next init container, or with the containers.</summary>
    public void Advance()
    {
        if (Stage != PodStage.Initializing)
            return;
        if (InitContainers.FirstOrDefault(container => !container.IsInitialized) is not { } next)
        {
            Stage = PodStage.Running;
            StartNext(0);
        }
        else if (next.IsDone)
        {
            End();
        }
        else if (next is { State: Waiting, Run: null })
        {
            next.Begin(null);
        }
    }

    private void Adopt()
    {
        var known = Body.Items("status", "initContainerStatuses").Concat(Body.Items("status", "containerStatuses")).Where(status => status.Text("containerID") is not null).ToList();
        if (known.Count == 0)
            return;
        foreach (var status in known)
            Find(status.Text("name") ?? "")?.Adopt(status);
        if (DateTimeOffset.TryParse(Body.Text("status", "startTime"), out var started))
            StartedAt = started;
        Normal("SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
    }

    private void MakeSandbox() => After(SandboxTime, () =>
    {
        Address = Spec.Flag("hostNetwork") ? Services.HostAddress(Node) : Services.Addresses.Take();
        Stage = PodStage.Initializing;
        Advance();
    });

    private void StartNext(int index)
    {
        if (index < Containers.Count && Stage == PodStage.Running)
            Containers[index].Begin(() => StartNext(index + 1));
    }

    private void Terminate()
    {
        Stage = PodStage.Terminating;
        _pending.ForEach(due => due.Cancel());
        _grace = Grace;
        foreach (var container in AllContainers)
            container.Terminate(_grace);
        RemoveWhenDone();
    }

    // Somebody deleted it again, with less patience.
    private void HurryUp()
    {
        _grace = Grace;
        foreach (var container in AllContainers)
            After(_grace, () => container.Run?.End(137));
    }

    private void RemoveWhenDone()
    {
        if (AllContainers.Any(container => container.IsRunning))
            return;
        End();
        RemoveSoon();
    }

    // A pod may end by itself while its deletion is under way: then nobody has ordered its removal yet.
    private void RemoveSoon()
    {
        if (_isToBeRemoved)
            return;
        _isToBeRemoved = true;
        After(CleanUpTime, () => PodRemoval.Remove(Services, _current));
    }

    private void End()
    {
        Stage = PodStage.Ended;
        foreach (var sidecar in InitContainers.Where(container => container.IsRunning))
            sidecar.Quit();
        ReturnAddress();
    }

    private void Release()
    {
        _pending.ForEach(due => due.Cancel());
        foreach (var container in AllContainers)
            container.Drop();
        ReturnAddress();
    }

    private void ReturnAddress()
    {
        if (Address is { } address && !Spec.Flag("hostNetwork"))
            Services.Addresses.Return(address);
    }
}
