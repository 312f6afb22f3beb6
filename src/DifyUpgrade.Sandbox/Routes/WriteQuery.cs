using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Reads how a write is to be done from its query.</summary>
internal static class WriteQuery
{
    /// <summary>The options of a create, update or patch.</summary>
    /// <exception cref="ApiException">The query asks for something there is not (422).</exception>
    public static WriteOptions Of(HttpRequest request, ApiRequest target) => new(Manager(request))
    {
        Subresource = target.Subresource,
        DryRun = DryRun(request),
        Force = ApiRequest.Flag(request, "force"),
        Fields = ApiRequest.Query(request, "fieldValidation") switch
        {
            null or "Warn" => FieldValidation.Warn,
            "Ignore" => FieldValidation.Ignore,
            "Strict" => FieldValidation.Strict,
            var other => throw Invalid(request, "fieldValidation", $"Unsupported value: \"{other}\": supported values: \"Ignore\", \"Strict\", \"Warn\""),
        },
        Warnings = new List<string>(),
    };

    /// <summary>Whether nothing is to be stored.</summary>
    public static bool DryRun(HttpRequest request) => request.Query["dryRun"].LastOrDefault() switch
    {
        null or "" => false,
        "All" => true,
        var other => throw Invalid(request, "dryRun", $"Unsupported value: \"{other}\": supported values: \"All\""),
    };

    /// <summary>Refuses a server-side apply by nobody.</summary>
    public static void CheckApplier(HttpRequest request)
    {
        if (ApiRequest.Query(request, "fieldManager") is null)
            throw Invalid(request, "fieldManager", "Required value: is required for apply patch");
    }

    /// <summary>Says in the answer's headers what the client is to be warned about.</summary>
    public static void Warn(HttpResponse response, WriteOptions options)
    {
        foreach (var warning in options.Warnings)
            response.Headers.Append("Warning", $"299 - \"{Ascii(warning).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
    }

    private static string Ascii(string text) => string.Concat(text.Select(sign => char.IsAscii(sign) && !char.IsControl(sign) ? sign : '?'));

    // Who gives no name goes by the name of their program, as in the real server.
    private static string Manager(HttpRequest request) =>
        ApiRequest.Query(request, "fieldManager") ?? (request.Headers.UserAgent.ToString().Split('/')[0].Trim() is { Length: > 0 } agent ? agent : "unknown");

    private static ApiException Invalid(HttpRequest request, string field, string why)
    {
        var kind = request.Method switch { "POST" => "CreateOptions", "PUT" => "UpdateOptions", "DELETE" => "DeleteOptions", _ => "PatchOptions" };
        return new ApiException(422, "Invalid", $"{kind}.meta.k8s.io \"\" is invalid: {field}: {why}")
        {
            Details = new JsonObject
            {
                ["group"] = "meta.k8s.io",
                ["kind"] = kind,
                ["causes"] = new JsonArray(new JsonObject { ["reason"] = "FieldValueInvalid", ["message"] = why, ["field"] = field }),
            },
        };
    }
}
