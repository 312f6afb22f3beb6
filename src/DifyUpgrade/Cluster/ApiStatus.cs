using System.Text.Json;

namespace DifyUpgrade.Cluster;

/// <summary>The Status object with which the API server explains a failure, and exec its end.</summary>
internal sealed record ApiStatus
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Always <c>Status</c>.</summary>
    public string? Kind { get; init; }

    /// <summary><c>Success</c> or <c>Failure</c>.</summary>
    public string? Status { get; init; }

    /// <summary>For a person; may quote values.</summary>
    public string? Message { get; init; }

    /// <summary>For a machine, such as <c>NotFound</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The HTTP status.</summary>
    public int? Code { get; init; }

    /// <summary>More for a machine.</summary>
    public StatusDetails? Details { get; init; }

    /// <summary>
    /// Whether an object was looked for and is not there, as opposed to a path or kind that the server does not know:
    /// only then does a Status name the object.
    /// </summary>
    public bool IsMissingObject => Reason == "NotFound" && !string.IsNullOrEmpty(Details?.Name);

    /// <summary>The exit code of an exec's process; 0 for success, null if it did not come to that.</summary>
    public int? ProcessExitCode
    {
        get
        {
            if (Status == "Success")
                return 0;
            var text = Details?.Causes.FirstOrDefault(cause => cause.Reason == "ExitCode")?.Message;
            return int.TryParse(text, out var code) ? code : null;
        }
    }

    /// <summary>Reads a Status.</summary>
    /// <param name="text">JSON, or whatever a proxy answered.</param>
    /// <returns>The Status; null if the text is something else.</returns>
    public static ApiStatus? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<ApiStatus>(text, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The machine-readable part of a Status.</summary>
internal sealed record StatusDetails
{
    /// <summary>The object's name.</summary>
    public string? Name { get; init; }

    /// <summary>The object's resource, such as <c>pods</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Seconds to wait before the next try.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The single causes.</summary>
    public IReadOnlyList<StatusCause> Causes { get; init; } = [];
}

/// <summary>One cause of a failure.</summary>
/// <param name="Reason">For a machine.</param>
/// <param name="Message">For a person; may quote values.</param>
/// <param name="Field">The field's path.</param>
internal sealed record StatusCause(string? Reason, string? Message, string? Field);
