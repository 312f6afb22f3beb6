using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Faults;

/// <summary>
/// One scripted fault: what goes wrong, for whom, how often. Names and paths are patterns with <c>*</c> and <c>?</c>;
/// what is not given fits everything.
/// </summary>
/// <param name="Kind">One of <see cref="FaultKind.All"/>.</param>
internal sealed record FaultRule(string Kind)
{
    /// <summary>What the plan calls it, for <c>GET</c> and <c>DELETE /sandbox/faults</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>The request's method; for request faults.</summary>
    public string? Method { get; init; }

    /// <summary>Pattern of the request's path, without query; for request faults.</summary>
    public string? Path { get; init; }

    /// <summary>Pattern of what the client calls itself, such as <c>Helm/*</c>; for request faults.</summary>
    public string? Agent { get; init; }

    /// <summary>Only watches, or only what is none; for request faults.</summary>
    public bool? Watch { get; init; }

    /// <summary>Namespace of the pod; for pod faults.</summary>
    public string? Namespace { get; init; }

    /// <summary>Pattern of the pod's name; for pod faults.</summary>
    public string? Pod { get; init; }

    /// <summary>Labels the pod has to have; for pod faults.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Pattern of the container's name; the pod simulation asks for it.</summary>
    public string? Container { get; init; }

    /// <summary>Pattern of the node's name; for node faults, and for pods on such a node.</summary>
    public string? Node { get; init; }

    /// <summary>How many requests, pulls, starts or probes it spoils; without end where it is null.</summary>
    public int? Times { get; init; }

    /// <summary>The HTTP status to answer with; for <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Seconds in the <c>Retry-After</c> header, where one is to be sent.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Seconds of real time to wait; for <see cref="FaultKind.Slow"/>.</summary>
    public double DelaySeconds { get; init; }

    /// <summary>How many events a watch still sends; for <see cref="FaultKind.WatchCut"/>.</summary>
    public int AfterEvents { get; init; }

    /// <summary>Words of its own for the Status or the event, where the usual ones do not do.</summary>
    public string? Message { get; init; }

    /// <summary>Whether it is about such a request.</summary>
    public bool FitsRequest(SeenRequest request) =>
        (Method is null || Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase))
        && Fits(Path, request.Path)
        && Fits(Agent, request.Agent)
        && (Watch is null || Watch == request.IsWatch);

    /// <summary>Whether it is about such a pod.</summary>
    public bool FitsPod(JsonObject pod) =>
        Fits(Namespace, pod.Text("metadata", "namespace"))
        && Fits(Pod, pod.Text("metadata", "name"))
        && Fits(Node, pod.Text("spec", "nodeName"))
        && Labels.All(label => pod.Text("metadata", "labels", label.Key) == label.Value);

    /// <summary>Whether it is about such a container.</summary>
    public bool FitsContainer(string name) => Fits(Container, name);

    /// <summary>Whether it is about such a node.</summary>
    public bool FitsNode(string name) => Fits(Node, name);

    private static bool Fits(string? pattern, string? name) =>
        pattern is null || (name is not null && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
}
