using System.Text.Json;
using System.Text.Json.Serialization;

namespace DifyUpgrade.Helm;

/// <summary>One entry of a release's history.</summary>
/// <param name="Revision">Its number, from 1.</param>
/// <param name="Updated">When it was written; <see cref="DateTimeOffset.MinValue"/> when helm does not know.</param>
/// <param name="Status">helm's word for its state, such as <c>deployed</c>.</param>
/// <param name="Chart">The chart's name and version.</param>
/// <param name="AppVersion">The chart's appVersion; may be empty.</param>
/// <param name="Description">What helm, or whoever upgraded, said about it.</param>
internal sealed record HelmRevision(
    int Revision,
    DateTimeOffset Updated,
    string Status,
    string Chart,
    string AppVersion,
    string Description)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        Converters = { new HelmTimeConverter() },
    };

    /// <summary>
    /// Whether its upgrade, install or rollback succeeded, so that it can be rolled back to. Helm calls a failed first
    /// installation superseded once an upgrade followed it; only the description still tells.
    /// </summary>
    public bool IsGood => Status is "deployed" or "superseded" && !(IsHelmsOwn && Description.Contains("\" failed: ", StringComparison.Ordinal));

    /// <summary>Whether an operation is under way, or died and left it so.</summary>
    public bool IsPending => Status.StartsWith("pending-", StringComparison.Ordinal);

    private bool IsHelmsOwn => Description.StartsWith("Release \"", StringComparison.Ordinal) || Description.StartsWith("Upgrade \"", StringComparison.Ordinal);

    /// <summary>Reads what <c>helm history --output json</c> prints.</summary>
    /// <param name="json">An array, oldest revision first.</param>
    /// <returns>The revisions, oldest first.</returns>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static IReadOnlyList<HelmRevision> ParseHistory(string json)
    {
        var revisions = JsonSerializer.Deserialize<List<HelmRevision>>(json, Json) ?? [];
        var strange = revisions.FindIndex(entry => entry is null or { Revision: < 1 } or { Status: null or "" });
        return strange < 0
            ? [.. revisions.OrderBy(entry => entry.Revision)]
            : throw new JsonException($"entry {strange} has no revision or no status");
    }

    /// <summary>helm writes a time it does not know as an empty text (3.x) or not at all (4.x).</summary>
    private sealed class HelmTimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty ? DateTimeOffset.MinValue : reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
