using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace DifyUpgrade.Tests.Faults;

/// <summary>The embedded Kubernetes as a process of its own, and its script of faults.</summary>
internal sealed partial class SandboxProcess : IDisposable
{
    private readonly HttpClient _client;

    private SandboxProcess(HttpClient client, string folder)
    {
        _client = client;
        Folder = folder;
    }

    public string Folder { get; }

    public string Kubeconfig => Path.Combine(Folder, "kubeconfig");

    public static async Task<SandboxProcess> StartAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("fault-sandbox-").FullName;
        await RunAsync("up", folder, cancellation);
        var config = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "kubeconfig"), cancellation))!;
#pragma warning disable CA2000, CA5400 // The client disposes of the handler, and the certificate is the sandbox's own, which nobody can revoke.
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        var client = new HttpClient(handler) { BaseAddress = new Uri(config["clusters"]![0]!["cluster"]!["server"]!.ToString()) };
#pragma warning restore CA2000, CA5400
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", config["users"]![0]!["user"]!["token"]!.ToString());
        client.DefaultRequestHeaders.UserAgent.ParseAdd("fault-script/1.0");
        return new SandboxProcess(client, folder);
    }

    public void Dispose()
    {
        _client.Dispose();
        using var down = Process.Start(Start("down", Folder))!;
        down.WaitForExit();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The calls since the last time.</summary>
    public async Task<IReadOnlyList<Call>> TakeCallsAsync(CancellationToken cancellation)
    {
        using var answer = await _client.DeleteAsync(new Uri("/sandbox/requests", UriKind.Relative), cancellation);
        var requests = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonArray>(cancellation);
        return
        [
            .. requests!.Select(request => new Call(
                    Call.AgentOf(request!["agent"]!.ToString()),
                    request["method"]!.ToString(),
                    Changing().Replace(request["path"]!.ToString(), "$1*"),
                    (bool)request["watch"]!))
                .Distinct(),
        ];
    }

    public async Task ScriptAsync(JsonObject rule, CancellationToken cancellation)
    {
        using var answer = await _client.PostAsJsonAsync(new Uri("/sandbox/faults", UriKind.Relative), rule, cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>Takes the script back.</summary>
    /// <returns>What did not happen: method, path and agent.</returns>
    public async Task<IReadOnlyList<Call>> ClearAsync(CancellationToken cancellation)
    {
        var rules = await _client.GetFromJsonAsync<JsonArray>(new Uri("/sandbox/faults", UriKind.Relative), cancellation);
        (await _client.DeleteAsync(new Uri("/sandbox/faults", UriKind.Relative), cancellation)).Dispose();
        return [.. rules!.Select(rule => new Call(rule!["agent"]!.ToString(), rule["method"]!.ToString(), rule["path"]!.ToString(), (bool)rule["watch"]!))];
    }

    public async Task<JsonObject?> ReadAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonObject>(cancellation) : null;
    }

    public async Task CreateNamespaceAsync(string name, CancellationToken cancellation)
    {
        var wanted = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };
        (await _client.PostAsJsonAsync(new Uri("/api/v1/namespaces", UriKind.Relative), wanted, cancellation)).EnsureSuccessStatusCode().Dispose();
    }

    private static async Task RunAsync(string command, string folder, CancellationToken cancellation)
    {
        using var process = Process.Start(Start(command, folder))!;
        await process.WaitForExitAsync(cancellation);
        Assert.Equal(0, process.ExitCode);
    }

    // The sandbox must not hold the pipes of whoever started the tests.
    private static ProcessStartInfo Start(string command, string folder) =>
        new("dotnet", [Program(), command, "--folder", folder, "--speed", "50"]) { RedirectStandardOutput = true, RedirectStandardError = true };

    private static string Program()
    {
        var build = Environment.GetEnvironmentVariable("DIFY_UPGRADE_BUILD_PROGRAM") is { Length: > 0 } program ? program : Path.Combine(FaultBench.Repository, "build", "bin", "Debug", "_build.dll");
        return Path.Combine(Path.GetDirectoryName(build)!, "sandbox", "DifyUpgrade.Sandbox.dll");
    }

    // Names of pods, revisions and the like are others in every run.
    [GeneratedRegex(@"(/pods/|/secrets/sh\.helm\.release\.v1\.dify\.v|/configmaps/dify-prompts\.dify\.[a-z]+)[^/]+")]
    private static partial Regex Changing();
}
