using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Reads the <c>resourceVersion</c> of lists and watches.</summary>
internal static class Versions
{
    /// <summary>The version asked for; null where any will do.</summary>
    public static long? Asked(HttpRequest request)
    {
        if (ApiRequest.Query(request, "resourceVersion") is not { } text || text == "0")
            return null;
        return long.TryParse(text, out var version) && version > 0
            ? version
            : throw ApiException.BadRequest($"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");
    }

    /// <summary>Refuses a list at a version that does not exist yet.</summary>
    public static void CheckList(HttpRequest request, long newest)
    {
        if (Asked(request) is not { } asked)
            return;
        if (ApiRequest.Query(request, "resourceVersionMatch") == "Exact" && asked < newest)
            throw ApiException.Expired($"The resourceVersion for the provided list is too old.");
        CheckReached(asked, newest);
    }

    /// <summary>Refuses a version that does not exist yet.</summary>
    public static void CheckReached(long asked, long newest)
    {
        if (asked <= newest)
            return;
        throw new ApiException(504, "Timeout", $"Timeout: Too large resource version: {asked}, current: {newest}")
        {
            Details = new JsonObject
            {
                ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
                ["retryAfterSeconds"] = 1,
            },
        };
    }
}
