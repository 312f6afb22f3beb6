using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Probes;

/// <summary>One question to a container, with the words that kubelet has for its answer.</summary>
/// <param name="pod">The pod.</param>
/// <param name="container">The container.</param>
/// <param name="run">Its instance.</param>
/// <param name="probe">The probe's part of the spec.</param>
internal sealed class ProbeCheck(SimulatedPod pod, SimulatedContainer container, ContainerRun run, JsonObject probe)
{
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(Math.Max(1, probe.Number("timeoutSeconds") ?? 1));

    /// <summary>Asks.</summary>
    /// <returns>What is wrong; null for nothing.</returns>
    public string? Problem()
    {
        if (probe["httpGet"] is JsonObject http)
            return Http(http);
        if (probe["exec"] is JsonObject exec)
            return Exec(exec);
        return (probe["tcpSocket"] ?? probe["grpc"]) is JsonObject socket && PortOf(socket) is var port && !run.Listens(port) ? Refused(port) : null;
    }

    /// <summary>What a scripted failure says.</summary>
    public string Scripted(FaultRule fault) => fault.Message
        ?? (probe["httpGet"] is not null ? "HTTP probe failed with statuscode: 503" : probe["exec"] is not null ? "" : Refused(PortOf((probe["tcpSocket"] ?? probe["grpc"]) as JsonObject ?? [])));

    private string? Http(JsonObject http)
    {
        var (port, path) = (PortOf(http), http.Text("path") ?? "/");
        var scheme = http.Text("scheme") is "HTTPS" ? "https" : "http";
        if (!run.Listens(port))
            return $"Get \"{scheme}://{Host(http)}:{port}{path}\": {Refused(port)}";
        if (run.Get(port, path) is not { } answer)
            return $"Get \"{scheme}://{Host(http)}:{port}{path}\": net/http: HTTP/1.x transport connection broken: malformed HTTP response";
        return answer.StatusCode is >= 200 and < 400 ? null : $"HTTP probe failed with statuscode: {answer.StatusCode}";
    }

    private string? Exec(JsonObject exec)
    {
        var command = (exec["command"] as JsonArray ?? []).Select(word => word!.GetValue<string>()).ToList();
        var (code, output, took) = CommandRun.ToEnd(run, command, _timeout);
        return took >= _timeout && code is null ? $"command timed out: \"{string.Join(' ', command)}\" timed out after {_timeout.TotalSeconds:0}s"
            : code is null ? $"OCI runtime exec failed: exec failed: unable to start container process: {output}: unknown"
            : code == 0 ? null : output;
    }

    private string Host(JsonObject handler) => handler.Text("host") ?? pod.Address ?? "";

    private string Refused(int port) => $"dial tcp {pod.Address}:{port}: connect: connection refused";

    private int PortOf(JsonObject handler)
    {
        if (handler.Number("port") is { } number)
            return (int)number;
        var name = handler.Text("port");
        return (int)(container.Spec.Items("ports").FirstOrDefault(port => port.Text("name") == name).Number("containerPort") ?? 0);
    }
}
