using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>A container's entry in <c>containerStatuses</c>.</summary>
internal static class ContainerStatus
{
    /// <summary>The entry.</summary>
    public static JsonObject Of(SimulatedContainer container)
    {
        var status = new JsonObject
        {
            ["name"] = container.Name,
            ["state"] = State(container.State),
            ["lastState"] = container.Last is null ? [] : State(container.Last),
            ["ready"] = container.Ready,
            ["restartCount"] = container.RestartCount,
            ["image"] = container.Run?.Image.Name ?? container.ImageName,
            ["imageID"] = container.ImageId ?? "",
        };
        if (container.Run is { } run)
            status["containerID"] = run.Id;
        status["started"] = container.Started;
        return status;
    }

    private static JsonObject State(ContainerState state) => state switch
    {
        Waiting waiting => new() { ["waiting"] = With(new() { ["reason"] = waiting.Reason }, "message", waiting.Message) },
        Running running => new() { ["running"] = new JsonObject { ["startedAt"] = Timestamp.Of(running.Since) } },
        Terminated ended => new() { ["terminated"] = Of(ended) },
        _ => [],
    };

    private static JsonObject Of(Terminated ended)
    {
        var state = new JsonObject { ["exitCode"] = ended.ExitCode, ["reason"] = ended.Reason };
        With(state, "message", ended.Message);
        state["startedAt"] = Timestamp.Of(ended.StartedAt);
        state["finishedAt"] = Timestamp.Of(ended.FinishedAt);
        return With(state, "containerID", ended.ContainerId);
    }

    private static JsonObject With(JsonObject target, string field, string? value)
    {
        if (value is not null)
            target[field] = value;
        return target;
    }
}
