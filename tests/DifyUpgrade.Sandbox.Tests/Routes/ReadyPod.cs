using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Tests.Routes;

/// <summary>A pod that runs, in a namespace of its own.</summary>
internal static class ReadyPod
{
    /// <summary>Starts it.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> StartAsync(RunningSandbox sandbox, JsonObject pod)
    {
        var pods = $"/api/v1/namespaces/{await sandbox.NewNamespaceAsync()}/pods";
        var path = $"{pods}/{pod.Text("metadata", "name")}";
        (await sandbox.PostAsync(pods, pod)).MustBe(201);
        await UntilAsync(sandbox, path, container => container.Flag("ready"));
        return path;
    }

    /// <summary>Waits until one of its containers is as wanted.</summary>
    public static async Task UntilAsync(RunningSandbox sandbox, string path, Func<JsonNode, bool> holds)
    {
        var name = path.LastIndexOf('/');
        await using var watch = await OpenWatch.StartAsync(sandbox, $"{path[..name]}?watch=true&fieldSelector=metadata.name={path[(name + 1)..]}");
        while (await watch.NextAsync() is not null && !watch.Object.Items("status", "containerStatuses").Any(holds))
        {
            // Not yet.
        }
    }
}
