using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>How far a pod has come on its node.</summary>
internal enum PodStage
{
    /// <summary>Its volumes are being set up.</summary>
    Mounting,

    /// <summary>Its init containers run, one after another.</summary>
    Initializing,

    /// <summary>Its containers run.</summary>
    Running,

    /// <summary>Its containers are being ended.</summary>
    Terminating,

    /// <summary>Nothing of it runs any more.</summary>
    Ended,
}

/// <summary>One pod on its node. Everything here happens under the gate.</summary>
internal sealed class SimulatedPod
{
    private static readonly TimeSpan MountTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SandboxTime = TimeSpan.FromMilliseconds(600);

    private readonly List<DueAction> _pending = [];
    private StoredObject _current;
    private bool _vanished;

    /// <summary>A pod that its node just heard of.</summary>
    public SimulatedPod(NodeServices services, StoredObject pod)
    {
        (Services, _current, StartedAt) = (services, pod, services.Time.Now);
        InitCount = Spec.Items("initContainers").Count();
        InitContainers = [.. Spec.Items("initContainers").Select(spec => new SimulatedContainer(this, spec, isInit: true))];
        Containers = [.. Spec.Items("containers").Select(spec => new SimulatedContainer(this, spec, isInit: false))];
    }

    /// <summary>What all pods share.</summary>
    public NodeServices Services { get; }

    /// <summary>The pod as it was last seen.</summary>
    public JsonObject Body => _current.Body;

    /// <summary>Its spec.</summary>
    public JsonObject Spec => (JsonObject)_current.Body["spec"]!;

    /// <summary>Its uid.</summary>
    public string Uid => _current.Uid;

    /// <summary>Its node.</summary>
    public string Node => Spec.Text("nodeName")!;

    /// <summary>The containers that run before the others.</summary>
    public IReadOnlyList<SimulatedContainer> InitContainers { get; }

    /// <summary>The containers it is about.</summary>
    public IReadOnlyList<SimulatedContainer> Containers { get; }

    /// <summary>How many containers run before the others.</summary>
    public int InitCount { get; }

    /// <summary>Why the pod as a whole has failed, if it has.</summary>
    public string? FailedFor { get; private set; }

    /// <summary>Whether its deletion has begun.</summary>
    public bool IsTerminating => _current.IsTerminating;

    /// <summary>How far it has come.</summary>
    public PodStage Stage { get; private set; }

    /// <summary>When the node took it on.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Its address, once it has one.</summary>
    public string? Address { get; private set; }

    /// <summary>What becomes of containers that end: <c>Always</c>, <c>OnFailure</c> or <c>Never</c>.</summary>
    public string RestartPolicy => Spec.Text("restartPolicy") ?? "Always";

    /// <summary>A container by its name.</summary>
    public SimulatedContainer? Find(string name) => InitContainers.Concat(Containers).FirstOrDefault(container => container.Name == name);

    /// <summary>Sets the pod up.</summary>
    public void Begin() => Step(() => After(MountTime, Mount));

    /// <summary>Takes over a newer version of the pod.</summary>
    public void Update(StoredObject pod)
    {
        _current = pod;
        if (pod.IsTerminating && Stage < PodStage.Terminating)
            Step(Terminate);
    }

    /// <summary>The pod is gone from the cluster: so is what runs of it.</summary>
    public void Vanish()
    {
        _vanished = true;
        Stage = PodStage.Ended;
        _pending.ForEach(due => due.Cancel());
        foreach (var container in InitContainers.Concat(Containers))
            container.Drop();
        ReturnAddress();
    }

    /// <summary>Lets something happen to this pod later.</summary>
    public DueAction After(TimeSpan podTime, Action action)
    {
        _pending.RemoveAll(due => due.IsCancelled);
        var due = Services.Due.After(podTime, () => Step(action));
        _pending.Add(due);
        return due;
    }

    /// <summary>Does something, then tells the cluster what has changed by it.</summary>
    public void Step(Action action)
    {
        if (_vanished)
            return;
        action();
        Publish();
    }

    /// <summary>Tells what happened.</summary>
    public void Record(string type, string reason, string message, string? field = null) => Services.Events.Record(Body, field, type, reason, message);

    /// <summary>A container has ended and stays so.</summary>
    public void Ended(SimulatedContainer container)
    {
        if (Stage == PodStage.Initializing && container.IsInit)
            NextInit();
        if (Stage == PodStage.Running && Containers.All(other => other.IsDone))
            End();
    }

    private void Mount() => After(SandboxTime, () =>
    {
        Address = Services.Addresses.Take();
        Stage = PodStage.Initializing;
        NextInit();
    });

    private void NextInit()
    {
        if (InitContainers.FirstOrDefault(container => !container.HasSucceeded) is { } next)
        {
            if (next.IsDone)
                End();
            else
                next.Begin(null);
            return;
        }

        Stage = PodStage.Running;
        StartNext(0);
    }

    private void StartNext(int index)
    {
        if (index < Containers.Count && Stage == PodStage.Running)
            Containers[index].Begin(() => StartNext(index + 1));
    }

    private void Terminate()
    {
        Stage = PodStage.Terminating;
        _pending.ForEach(due => due.Cancel());
        var grace = TimeSpan.FromSeconds(Body.Number("metadata", "deletionGracePeriodSeconds") ?? 30);
        foreach (var container in InitContainers.Concat(Containers))
            container.Terminate(grace, Remove);
        Remove();
    }

    private void Remove()
    {
        if (Stage != PodStage.Terminating || InitContainers.Concat(Containers).Any(container => container.IsRunning))
            return;
        End();
        After(TimeSpan.FromMilliseconds(300), PodRemoval.Of(this));
    }

    private void End()
    {
        Stage = PodStage.Ended;
        ReturnAddress();
    }

    private void ReturnAddress()
    {
        if (Address is { } address)
            Services.Addresses.Return(address);
    }

    private void Publish()
    {
        if (!_vanished)
            _current = PodStatus.Publish(this, _current);
    }
}
