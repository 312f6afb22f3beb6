namespace DifyUpgrade.Cluster;

/// <summary>One request to the API server.</summary>
internal sealed record ApiRequest
{
    /// <summary>The field manager under which this product's writes are recorded.</summary>
    public const string FieldManager = "dify-upgrade";

    /// <summary>The HTTP method.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>The path without a leading slash, escaped; made by <see cref="ApiPath"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Query parameters, not yet escaped; those without a value are left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> Query { get; init; } = [];

    /// <summary>The body, if there is one.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The body's type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether asking again does no harm, though the server may have done what was asked and only the answer got lost.</summary>
    public bool Repeatable { get; init; }

    /// <summary>Whether answers may hold secret values, so that no part of them may be quoted.</summary>
    public bool Sensitive { get; init; }

    /// <summary>A read.</summary>
    /// <param name="path">The path.</param>
    /// <param name="query">The query.</param>
    /// <returns>The request.</returns>
    public static ApiRequest Get(string path, params IReadOnlyList<(string Name, string? Value)> query) =>
        new() { Method = HttpMethod.Get, Path = path, Query = query, Repeatable = true };

    /// <summary>The path with its query.</summary>
    /// <returns>A relative reference.</returns>
    public string ToRelativeUri()
    {
        var query = string.Join('&', Query.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        return query.Length == 0 ? Path : $"{Path}?{query}";
    }
}
