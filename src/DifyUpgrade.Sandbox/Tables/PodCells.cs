using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Tables;

/// <summary>What kubectl says about a pod in one line: made of the states of its containers.</summary>
internal sealed class PodCells
{
    private readonly JsonObject _pod;
    private int _ready;
    private long _restarts;
    private string? _lastRestart;

    /// <summary>Looks at a pod.</summary>
    public PodCells(JsonObject pod)
    {
        _pod = pod;
        Status = pod.Text("status", "reason") ?? pod.Text("status", "phase") ?? "";
        if (!IsInitializing() || HasCondition("Initialized"))
            LookAtContainers();
        if (pod.Text("metadata", "deletionTimestamp") is not null)
            Status = pod.Text("status", "reason") == "NodeLost" ? "Unknown" : pod.Text("status", "phase") is "Succeeded" or "Failed" ? Status : "Terminating";
    }

    /// <summary><c>Running</c>, <c>Init:0/1</c>, <c>CrashLoopBackOff</c> …</summary>
    public string Status { get; private set; }

    /// <summary><c>1/2</c>: containers that are ready, containers in all.</summary>
    public string Ready => $"{_ready}/{_pod.Items("spec", "containers").Count()}";

    /// <summary><c>0</c>, or <c>3 (20s ago)</c>.</summary>
    public string Restarts(DateTimeOffset now) => _restarts > 0 && _lastRestart is not null ? $"{_restarts} ({Ago.Of(_lastRestart, now)} ago)" : _restarts.ToString();

    private bool IsInitializing()
    {
        var done = 0;
        foreach (var container in _pod.Items("status", "initContainerStatuses"))
        {
            Count(container);
            var (terminated, waiting) = (container.At("state", "terminated"), container.Text("state", "waiting", "reason"));
            if (terminated is not null && terminated.Number("exitCode") is 0 or null)
            {
                done++;
                continue;
            }

            Status = "Init:" + (terminated is not null ? Ended(terminated)
                : waiting is not (null or "" or "PodInitializing") ? waiting
                : $"{done}/{_pod.Items("spec", "initContainers").Count()}");
            return true;
        }

        return false;
    }

    private void LookAtContainers()
    {
        (_restarts, _lastRestart) = (0, null);
        var isRunning = false;
        foreach (var container in _pod.Items("status", "containerStatuses").Reverse())
        {
            Count(container);
            var (terminated, waiting) = (container.At("state", "terminated"), container.Text("state", "waiting", "reason"));
            if (waiting is { Length: > 0 })
                Status = waiting;
            else if (terminated is not null)
                Status = Ended(terminated);
            else if (container.Flag("ready") && container.At("state", "running") is not null)
                (isRunning, _ready) = (true, _ready + 1);
        }

        if (Status == "Completed" && isRunning)
            Status = HasCondition("Ready") ? "Running" : "NotReady";
    }

    private void Count(JsonObject container)
    {
        _restarts += container.Number("restartCount") ?? 0;
        var ended = container.Text("lastState", "terminated", "finishedAt");
        if (string.CompareOrdinal(ended, _lastRestart) > 0)
            _lastRestart = ended;
    }

    private static string Ended(JsonNode terminated) =>
        terminated.Text("reason") is { Length: > 0 } reason ? reason
        : terminated.Number("signal") is > 0 and var signal ? $"Signal:{signal}"
        : $"ExitCode:{terminated.Number("exitCode") ?? 0}";

    private bool HasCondition(string type) => _pod.Items("status", "conditions").Any(condition => condition.Text("type") == type && condition.Text("status") == "True");
}
