using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>What a container leaves behind for its status.</summary>
internal static class TerminationMessage
{
    private const int MostLines = 80;
    private const int MostLength = 2048;

    /// <summary>What it wrote to its termination log, or else, where the spec wants that of one that failed, the end of its log.</summary>
    /// <returns>Null for nothing.</returns>
    public static string? Of(JsonObject spec, ContainerRun run, int exitCode)
    {
        var path = spec.Text("terminationMessagePath") ?? "/dev/termination-log";
        if (run.Context is { } context && context.Files.Exists(path) && Encoding.UTF8.GetString(context.Files.Read(path, FileOwner.Root).Span) is { Length: > 0 } left)
            return left;
        if (exitCode == 0 || spec.Text("terminationMessagePolicy") != "FallbackToLogsOnError")
            return null;
        var tail = run.Log.Tail(MostLines);
        return tail.Length == 0 ? null : tail[^Math.Min(tail.Length, MostLength)..];
    }
}
