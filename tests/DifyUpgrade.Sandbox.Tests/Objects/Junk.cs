using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Objects;

/// <summary>Spoils objects in the ways that clients do.</summary>
/// <param name="random">Decides how.</param>
internal sealed class Junk(Random random)
{
    private static readonly string[] Pieces =
    [
        "null", "true", "\"\"", "\"text\"", "-1", "0", "1e30", "9223372036854775808", "1.5", "[]", "[null]", "[[1]]", "[{}]", "[\"a\",\"a\"]", "{}", "{\"a\":null}", "{\"name\":5}",
        "{\"$patch\":\"delete\"}", "{\"$patch\":\"replace\"}", "{\"$patch\":7}", "{\"$retainKeys\":\"x\"}", "{\"$retainKeys\":[1]}", "[{\"$patch\":\"delete\",\"name\":\"a\"}]", "\"\\u0000\"", "\"é😀\"",
    ];

    /// <summary>Field names that mean something to patches.</summary>
    private static readonly string[] Directives = ["$patch", "$retainKeys", "$setElementOrder/containers", "$deleteFromPrimitiveList/finalizers", "f:metadata", ".", "", "a.b", "managedFields", "fieldsV1"];

    /// <summary>Runs something that may refuse, and nothing else.</summary>
    public static void OnlyRefuses(Action action, string input)
    {
        try
        {
            action();
        }
        catch (ApiException refusal)
        {
            Assert.True(refusal is { Code: 400 or 409 or 413 or 415 or 422 } or { Code: 500, Reason: "" }, $"{refusal.Code} {refusal.Message} for {input}");
        }
        catch (Exception surprise) when (surprise is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"{surprise.GetType().Name}: {surprise.Message} for {input}\n{surprise.StackTrace}");
        }
    }

    /// <summary>A spoilt copy.</summary>
    public JsonObject Spoil(JsonObject body)
    {
        var spoilt = (JsonObject)body.DeepClone();
        for (var count = random.Next(1, 4); count > 0; count--)
            SpoilOnce(spoilt);
        return spoilt;
    }

    /// <summary>Any piece of JSON.</summary>
    public JsonNode? Piece() => JsonNode.Parse(Pieces[random.Next(Pieces.Length)]);

    private void SpoilOnce(JsonNode node)
    {
        while (true)
        {
            var inner = Parts(node).Where(part => part is JsonObject { Count: > 0 } or JsonArray { Count: > 0 }).ToList();
            if (inner.Count == 0 || random.Next(4) == 0)
                break;
            node = inner[random.Next(inner.Count)]!;
        }

        if (node is JsonArray items)
            items[random.Next(items.Count)] = Piece();
        else if (node is JsonObject fields && (fields.Count == 0 || random.Next(5) == 0))
            fields[Directives[random.Next(Directives.Length)]] = Piece();
        else if (node is JsonObject some)
            some[some.ElementAt(random.Next(some.Count)).Key] = Piece();
    }

    private static IEnumerable<JsonNode?> Parts(JsonNode node) => node switch
    {
        JsonObject fields => fields.Select(field => field.Value),
        JsonArray items => items,
        _ => [],
    };
}
