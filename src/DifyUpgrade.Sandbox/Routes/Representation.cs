using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>How objects are to be shown.</summary>
internal enum Shape
{
    /// <summary>As they are.</summary>
    Whole,

    /// <summary>As rows of a <c>meta.k8s.io</c> Table.</summary>
    Table,

    /// <summary>Just their metadata.</summary>
    Metadata,
}

/// <summary>What the client's <c>Accept</c> header asks for, the first of its wishes that can be met.</summary>
/// <param name="Shape">How objects are to be shown.</param>
/// <param name="MetaVersion">The version of <c>meta.k8s.io</c> for tables and metadata.</param>
internal sealed record Representation(Shape Shape, string MetaVersion)
{
    private static readonly Representation Whole = new(Shape.Whole, "v1");

    /// <summary>The wish for objects.</summary>
    /// <exception cref="ApiException">None of the wishes can be met (406).</exception>
    public static Representation Of(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        if (accept.Length == 0)
            return Whole;
        return Wishes(accept).Select(Met).FirstOrDefault(met => met is not null)
            ?? throw new ApiException(406, "NotAcceptable", "only the following media types are accepted: application/json") { Details = [] };
    }

    /// <summary>Whether the client would rather have the whole discovery at once, and in which version.</summary>
    /// <returns><c>v2</c>, <c>v2beta1</c>, or null.</returns>
    public static string? AggregatedDiscovery(HttpRequest request) => Wishes(request.Headers.Accept.ToString())
        .TakeWhile(wish => wish.Parameters.ContainsKey("as"))
        .Where(wish => wish.Parameters.GetValueOrDefault("as") == "APIGroupDiscoveryList" && wish.Parameters.GetValueOrDefault("v") is "v2" or "v2beta1")
        .Select(wish => wish.Parameters["v"])
        .FirstOrDefault();

    private static Representation? Met((string Media, Dictionary<string, string> Parameters) wish) =>
        wish.Media is not (Answer.Json or "*/*" or "application/*") ? null
        : (wish.Parameters.GetValueOrDefault("as"), wish.Parameters.GetValueOrDefault("v", "v1")) switch
        {
            (null, _) => Whole,
            ("Table", "v1" or "v1beta1") => new Representation(Shape.Table, wish.Parameters.GetValueOrDefault("v", "v1")),
            ("PartialObjectMetadata" or "PartialObjectMetadataList", "v1" or "v1beta1") => new Representation(Shape.Metadata, wish.Parameters.GetValueOrDefault("v", "v1")),
            _ => null,
        };

    private static IEnumerable<(string Media, Dictionary<string, string> Parameters)> Wishes(string accept) =>
        from wish in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let parts = wish.Split(';', StringSplitOptions.TrimEntries)
        select (parts[0].ToLowerInvariant(), Parameters(parts));

    private static Dictionary<string, string> Parameters(string[] parts) => parts.Skip(1)
        .Select(part => part.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .GroupBy(pair => pair[0].Trim(), pair => pair[1].Trim())
        .ToDictionary(group => group.Key, group => group.First());
}
