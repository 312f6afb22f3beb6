using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>The endings of generated names. The alphabet lacks what could spell a word, as the real one does.</summary>
internal static class RandomSuffix
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>Five random characters, as <c>generateName</c> adds them.</summary>
    public static string Next() => RandomNumberGenerator.GetString(Alphabet, 5);

    /// <summary>A name with a random ending; a long base is cut so that it fits.</summary>
    public static string Name(string generateName) => generateName[..Math.Min(generateName.Length, 58)] + Next();

    /// <summary>A short name for a content: the same content always has the same.</summary>
    /// <param name="content">The content; the order of fields does not matter.</param>
    /// <param name="collisions">How many other contents had the same name so far.</param>
    public static string Hash(JsonNode content, long collisions = 0)
    {
        var text = new StringBuilder();
        Write(content, text);
        var hash = 2166136261u;
        foreach (var sign in Encoding.UTF8.GetBytes(text.Append(collisions > 0 ? collisions.ToString() : "").ToString()))
            hash = unchecked((hash ^ sign) * 16777619);
        return string.Concat(hash.ToString().Select(digit => Alphabet[digit % Alphabet.Length]));
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
            {
                text.Append(name).Append('=');
                Write(value, text);
                text.Append(';');
            }
        }
        else if (node is JsonArray items)
        {
            text.Append('[');
            foreach (var item in items)
                Write(item, text);
            text.Append(']');
        }
        else
        {
            text.Append(node?.ToJsonString()).Append(',');
        }
    }
}
