using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Pods;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>How a command ended, as the last message of an exec says it.</summary>
internal static class ExecStatus
{
    /// <summary>Runs a command, and says how it ended.</summary>
    public static async Task<JsonObject> OfAsync(Func<CancellationToken, Task<ExecResult>> command, CancellationToken cancellation)
    {
        try
        {
            return Of(await command(cancellation));
        }
        catch (ApiException refusal)
        {
            return Answer.StatusOf(refusal);
        }
    }

    /// <summary>The Status for a result.</summary>
    public static JsonObject Of(ExecResult result) => result switch
    {
        { ExitCode: 0 } => new JsonObject { ["metadata"] = new JsonObject(), ["status"] = "Success" },
        { ExitCode: { } code } => new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = $"command terminated with non-zero exit code: command terminated with exit code {code}",
            ["reason"] = "NonZeroExitCode",
            ["details"] = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ExitCode", ["message"] = code.ToString() }) },
        },
        _ => new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = $"Internal error occurred: error executing command in container: {result.Failure}",
            ["reason"] = "InternalError",
            ["details"] = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = $"error executing command in container: {result.Failure}" }) },
            ["code"] = 500,
        },
    };
}
