using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>What the routes can ask of the nodes: to run a command in a container, and what a container said.</summary>
/// <param name="kubelet">The nodes.</param>
/// <param name="faults">Which nodes are lost.</param>
/// <param name="time">The pods' time.</param>
internal sealed class PodRuntime(KubeletLoop kubelet, FaultPlan faults, PodTime time)
{
    /// <summary>Says whether a command can be run, before the connection is taken over for it.</summary>
    /// <param name="pod">The pod, as it is stored.</param>
    /// <param name="container">The container; null for the only one.</param>
    /// <returns>The container's name.</returns>
    /// <exception cref="ApiException">There is no such container, or it does not run (500 or 400, as the real server).</exception>
    public string CheckExec(JsonObject pod, string? container)
    {
        var name = ContainerOf(pod, container);
        MustReach(pod);
        return Running(pod, name) is not null ? name : throw NotRunning(name);
    }

    /// <summary>Runs a command in a container.</summary>
    /// <returns>How it ended.</returns>
    /// <exception cref="ApiException">As <see cref="CheckExec"/>.</exception>
    public async Task<ExecResult> ExecAsync(JsonObject pod, string container, IReadOnlyList<string> command, ExecStreams streams, CancellationToken cancellation)
    {
        var name = CheckExec(pod, container);
        var run = Running(pod, name) ?? throw NotRunning(name);
        if (command.Count == 0)
            throw ApiException.BadRequest("you must specify at least 1 command for the container");
        var context = run.ContextOf(command) with { Input = streams.Input is null ? ReadOnlyMemory<byte>.Empty : default(ReadOnlyMemory<byte>?), HasTerminal = streams.Tty };
        if (CommandRun.Program(run, context) is not { } program)
            return new ExecResult(null, $"failed to exec in container: failed to start exec \"{Guid.NewGuid():N}{Guid.NewGuid():N}\": OCI runtime exec failed: exec failed: unable to start container process: {ContainerStart.NoProgram(command[0])}: unknown");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, run.Ended.Token);
        try
        {
            return new ExecResult(await new CommandSession(run, streams, time, kubelet).RunAsync(program, ended.Token));
        }
        catch (OperationCanceledException) when (run.Ended.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // The container's end takes everything in it along.
            return new ExecResult(137);
        }
    }

    /// <summary>A container's log.</summary>
    /// <param name="pod">The pod, as it is stored.</param>
    /// <param name="container">The container; null for the only one.</param>
    /// <param name="options">Which part.</param>
    /// <exception cref="ApiException">There is no such container or no log of it (400, as the real server).</exception>
    public LogStream Logs(JsonObject pod, string? container, LogOptions options)
    {
        var name = ContainerOf(pod, container);
        MustReach(pod);
        var log = kubelet.Look(pod.Text("metadata", "uid") ?? "", found => found?.Find(name) is { } known ? ContainerLogs.Of(known, pod, options.Previous) : null);
        return new LogStream(log ?? throw ContainerLogs.IsWaiting(pod, name, "ContainerCreating"), options, time.Real);
    }

    private static ApiException NotRunning(string container) => new(500, "InternalError", $"unable to upgrade connection: container not found (\"{container}\")");

    private static string ContainerOf(JsonObject pod, string? wanted)
    {
        var (pods, name) = (pod.Text("metadata", "name"), wanted ?? "");
        var names = pod.Items("spec", "containers").Select(container => container.Text("name")!).ToList();
        var inits = pod.Items("spec", "initContainers").Select(container => container.Text("name")!).ToList();
        if (name.Length == 0 && names.Count > 1)
            throw ApiException.BadRequest($"a container name must be specified for pod {pods}, choose one of: [{string.Join(' ', names)}]{(inits.Count > 0 ? $" or one of the init containers: [{string.Join(' ', inits)}]" : "")}");
        if (name.Length == 0)
            return names[0];
        return names.Concat(inits).Contains(name) ? name : throw ApiException.BadRequest($"container {name} is not valid for pod {pods}");
    }

    private void MustReach(JsonObject pod)
    {
        if (pod.Text("spec", "nodeName") is not { Length: > 0 } node)
            throw ApiException.BadRequest($"pod {pod.Text("metadata", "name")} does not have a host assigned");
        if (faults.IsLost(node))
            throw new ApiException(500, "InternalError", $"error dialing backend: dial tcp {pod.Text("status", "hostIP")}:10250: connect: no route to host");
    }

    private ContainerRun? Running(JsonObject pod, string name) =>
        kubelet.Look(pod.Text("metadata", "uid") ?? "", found => found?.Find(name)?.Run is { IsRunning: true } run ? run : null);
}
