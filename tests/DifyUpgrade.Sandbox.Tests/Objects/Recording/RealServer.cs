using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Objects.Recording;

/// <summary>Namespaces of its own on a real Kubernetes, asked with plain HTTP so that Status objects are seen as they are.</summary>
public sealed class RealServer : IAsyncLifetime
{
    private const string Variable = "DIFY_UPGRADE_TEST_KUBECONFIG";

    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        ["strategic"] = "application/strategic-merge-patch+json",
        ["merge"] = "application/merge-patch+json",
        ["json"] = "application/json-patch+json",
        ["apply"] = "application/apply-patch+yaml",
    };

    private readonly string _prefix = $"sandbox-objects-{Guid.NewGuid().ToString("N")[..8]}";
    private readonly List<string> _spaces = [];
    private readonly HashSet<string> _objects = [];
    private Kubernetes? _kubernetes;
    private string _version = "";
    private bool _isGone;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } kubeconfig)
            return;
        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig, Environment.GetEnvironmentVariable("DIFY_UPGRADE_TEST_CONTEXT"));
        _kubernetes = new Kubernetes(config);
        if (config.AccessToken is { Length: > 0 } token)
            _kubernetes.HttpClient.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _version = (await _kubernetes.Version.GetCodeAsync()).GitVersion;
    }

    public async ValueTask DisposeAsync()
    {
        if (_kubernetes is null || _isGone)
            return;
        _isGone = true;
        foreach (var path in _objects)
            await LetGoAsync(path);
        foreach (var space in _spaces)
            await _kubernetes.CoreV1.DeleteNamespaceAsync(space);
        _kubernetes.Dispose();
    }

    /// <summary>The namespace of the case.</summary>
    internal string Space => _spaces[^1];

    /// <summary>Makes an empty namespace for a case.</summary>
    internal async Task BeginAsync(CancellationToken cancellation)
    {
        Assert.SkipWhen(_kubernetes is null, $"Set {Variable} to the kubeconfig of a Kubernetes that may be written to.");
        Assert.SkipUnless(_version.StartsWith("v1.20.", StringComparison.Ordinal), $"The answers are those of Kubernetes 1.20; this is {_version}.");
        _spaces.Add($"{_prefix}-{_spaces.Count}");
        await _kubernetes.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = _spaces[^1] } }, cancellationToken: cancellation);
    }

    /// <summary>Sends a request of the case.</summary>
    internal async Task<JsonObject> AnswerAsync(ResourceType type, string name, CaseStep step, CancellationToken cancellation)
    {
        using var request = Request(type, name, step);
        using var response = await _kubernetes!.HttpClient.SendAsync(request, cancellation);
        return (JsonObject)OldVersions.Forward(JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation))!);
    }

    // A case that fails half way may leave a finalizer, which would hold its namespace for ever.
    private async Task LetGoAsync(string path)
    {
        using var content = new StringContent("""{"metadata":{"finalizers":null}}""", Encoding.UTF8, MediaTypes["merge"]);
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(_kubernetes!.BaseUri, path)) { Content = content };
        using var answer = await _kubernetes.HttpClient.SendAsync(request);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{answer.StatusCode} for the finalizers of {path}");
    }

    private HttpRequestMessage Request(ResourceType type, string name, CaseStep step)
    {
        var old = type == ResourceTypes.CronJobs ? "batch/v1beta1" : OldVersions.Backward(type.ApiVersion);
        var path = $"{(old.Contains('/', StringComparison.Ordinal) ? "apis" : "api")}/{old}/{(type.Namespaced ? $"namespaces/{Space}/" : "")}{type.Plural}";
        _objects.Add($"{path}/{name}");
        path += step.Verb == "create" ? "" : "/" + name;
        var query = $"?fieldManager={step.Manager}{(step.IsForced ? "&force=true" : "")}";
        var body = step.Body is JsonObject sent && sent.ContainsKey("apiVersion") ? OldVersions.Backward(sent) : step.Body;
        var content = new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypes.GetValueOrDefault(step.Verb, "application/json"));
        content.Headers.ContentType!.CharSet = null;
        var method = step.Verb switch { "create" => HttpMethod.Post, "update" => HttpMethod.Put, _ => HttpMethod.Patch };
        return new HttpRequestMessage(method, new Uri(_kubernetes!.BaseUri, path + query)) { Content = content };
    }
}
