using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

/// <summary>A watch that a test reads line by line.</summary>
internal sealed class OpenWatch : IAsyncDisposable
{
    private readonly HttpClient _client;
    private HttpResponseMessage? _response;
    private StreamReader? _lines;

    private OpenWatch(HttpClient client) => _client = client;

    /// <summary>The object of the event that was read last.</summary>
    public JsonNode? Object { get; private set; }

    public static async Task<OpenWatch> StartAsync(RunningSandbox sandbox, string path, string? accept = null)
    {
#pragma warning disable CA2000 // Whoever opens a watch closes it.
        var watch = new OpenWatch(sandbox.Client());
#pragma warning restore CA2000
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        watch._response = await watch._client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(watch._response.IsSuccessStatusCode, $"{watch._response.StatusCode}");
        watch._lines = new StreamReader(await watch._response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        return watch;
    }

    /// <summary>The next event, as its kind and its object's name.</summary>
    /// <returns>Null at the end.</returns>
    public async Task<string?> NextAsync()
    {
        if (await _lines!.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var change = JsonNode.Parse(line);
            Object = change.At("object");
            return $"{change.Text("type")} {Object.Text("metadata", "name")}";
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        _lines?.Dispose();
        _response?.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
