using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Routes.OpenApi;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Answers what clients ask before they ask for objects: discovery, version, OpenAPI, health.</summary>
internal static class DiscoveryRoutes
{
    /// <summary>The Kubernetes version that the sandbox claims to be.</summary>
    public const string Version = "v1.33.1";

    // With the @ that clients ask for in the answer's type, Go's mime parser refuses it.
    private const string OpenApiType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /// <summary>The answer to a path that leads to no objects.</summary>
    /// <returns>Null where there is nothing at that path.</returns>
    public static Task? Find(HttpContext context)
    {
        var path = context.Request.Path.Value?.TrimEnd('/') ?? "";
        if (path is "/healthz" or "/livez" or "/readyz" or "/healthz/ping" or "/livez/ping" or "/readyz/ping")
            return Answer.TextAsync(context, context.Request.Query.ContainsKey("verbose") ? $"[+]ping ok\n{path.Split('/')[1]} check passed\n" : "ok");
        return path switch
        {
            "/version" => Answer.JsonAsync(context, VersionInfo()),
            "/openapi/v2" => Answer.BytesAsync(context, OpenApiV2.Document.Value, 200, OpenApiType),
            "/openapi/v3" => Answer.JsonAsync(context, OpenApiV3.Index()),
            _ when OpenApiV3.Find(path) is { } document => Answer.BytesAsync(context, document, 200, Answer.Json),
            "/api" or "/apis" when Representation.AggregatedDiscovery(context.Request) is { } version => Answer.JsonAsync(
                context, Discovery.Aggregated(path, version), 200, $"{Answer.Json};g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList"),
            _ => Discovery.Plain(path, context.Request.Host.ToString()) is { } discovery ? Answer.JsonAsync(context, discovery) : null,
        };
    }

    private static JsonObject VersionInfo() => new()
    {
        ["major"] = "1",
        ["minor"] = "33",
        ["emulationMajor"] = "1",
        ["emulationMinor"] = "33",
        ["minCompatibilityMajor"] = "1",
        ["minCompatibilityMinor"] = "32",
        ["gitVersion"] = Version,
        ["gitCommit"] = "8adc0f041b8e7ad1d30e29cc59c6ae7a15e19828",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2025-05-15T08:19:08Z",
        ["goVersion"] = "go1.24.2",
        ["compiler"] = "gc",
        ["platform"] = "linux/amd64",
    };
}
