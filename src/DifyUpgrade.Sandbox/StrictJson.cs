using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox;

/// <summary>Reads JSON that came over the wire.</summary>
internal static class StrictJson
{
    /// <summary>What Go says of JSON that is cut short.</summary>
    public const string EndsEarly = "unexpected end of JSON input";

    // Twice the same field would be a surprise later, when the field is first read.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The value; null for JSON's null.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> bytes) => JsonNode.Parse(bytes, documentOptions: Strict);

    /// <summary>What is wrong with bytes that are no JSON.</summary>
    public static string Complaint(JsonException problem, ReadOnlySpan<byte> bytes) => IsCutShort(bytes) ? EndsEarly : problem.Message;

    private static bool IsCutShort(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                // Only whether it can be read so far is asked.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
