using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Faults;

/// <summary>
/// The faults that are scripted now. Who could fail asks just before it would succeed, and fails if it is handed a rule;
/// each rule handed out counts against its <see cref="FaultRule.Times"/>. Safe to use from several threads.
/// </summary>
internal sealed class FaultPlan
{
    private static readonly string[] RequestKinds = [FaultKind.Status, FaultKind.Refused, FaultKind.Reset, FaultKind.Slow];

    private readonly Lock _gate = new();
    private readonly List<(FaultRule Rule, int? Left)> _rules = [];
    private int _count;

    /// <summary>The requests that came, whether or not they failed.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Rules were added or cleared; for those who make a fault happen instead of waiting for an occasion.</summary>
    public event Action? Changed;

    /// <summary>The rules that still hold, with the times they have left.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_gate)
                return [.. _rules.Select(entry => entry.Rule with { Times = entry.Left })];
        }
    }

    /// <summary>Adds a rule; older ones come first.</summary>
    /// <returns>The rule with its id.</returns>
    public FaultRule Add(FaultRule rule)
    {
        lock (_gate)
        {
            rule = rule with { Id = rule.Id.Length > 0 ? rule.Id : $"fault-{++_count}" };
            _rules.Add((rule, rule.Times));
        }

        Changed?.Invoke();
        return rule;
    }

    /// <summary>Takes out the rule of that id, or all.</summary>
    /// <returns>How many there were.</returns>
    public int Clear(string? id = null)
    {
        int removed;
        lock (_gate)
            removed = _rules.RemoveAll(entry => id is null || entry.Rule.Id == id);
        Changed?.Invoke();
        return removed;
    }

    /// <summary>What is to happen to a request, if anything.</summary>
    public FaultRule? TakeRequest(SeenRequest request)
    {
        Requests.Add(request);
        return Take(rule => RequestKinds.Contains(rule.Kind) && rule.FitsRequest(request));
    }

    /// <summary>Whether and when a watch or an exec is to be cut.</summary>
    /// <param name="kind"><see cref="FaultKind.WatchCut"/> or <see cref="FaultKind.ExecCut"/>.</param>
    /// <param name="path">The request's path.</param>
    public FaultRule? TakeCut(string kind, string path) => Take(rule => rule.Kind == kind && rule.FitsRequest(new SeenRequest("GET", path)));

    /// <summary>What is to happen to a pod or to one of its containers, if anything.</summary>
    /// <param name="kind">The fault the caller could suffer.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container it is about; null where it is about the pod as a whole.</param>
    public FaultRule? PodFault(string kind, JsonObject pod, string? container = null) =>
        Take(rule => rule.Kind == kind && rule.FitsPod(pod) && (container is null || rule.FitsContainer(container)));

    /// <summary>Whether a node is lost.</summary>
    public bool IsLost(string node)
    {
        lock (_gate)
            return _rules.Exists(entry => entry.Rule.Kind == FaultKind.NodeLost && entry.Rule.FitsNode(node));
    }

    private FaultRule? Take(Func<FaultRule, bool> fits)
    {
        lock (_gate)
        {
            var index = _rules.FindIndex(entry => fits(entry.Rule));
            if (index < 0)
                return null;
            var (rule, left) = _rules[index];
            if (left <= 1)
                _rules.RemoveAt(index);
            else
                _rules[index] = (rule, left - 1);
            return rule;
        }
    }
}
