using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DifyUpgrade.Planning;

namespace DifyUpgrade.Rendering;

/// <summary>
/// Takes the values out of Secret objects. Each leaves a short hash, keyed anew in every run: two values of one run can
/// be compared, and nobody can look a value up.
/// </summary>
internal sealed class SecretMask
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>A copy of an object that may be shown.</summary>
    /// <param name="body">The object.</param>
    /// <param name="redactor">Takes known secrets out of objects of other kinds.</param>
    /// <returns>The copy; Secret values masked.</returns>
    public JsonObject Apply(JsonObject body, Redactor redactor)
    {
        var copy = (JsonObject)body.DeepClone();
        if (IsSecret(copy))
        {
            MaskValues(copy["data"] as JsonObject, fromBase64: true);
            MaskValues(copy["stringData"] as JsonObject, fromBase64: false);
            (copy["metadata"]?["annotations"] as JsonObject)?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        }

        RedactTexts(copy, redactor);
        return copy;
    }

    /// <summary>The secret values that rendered Secrets hold, as the containers will see them.</summary>
    /// <param name="manifests">The rendered objects.</param>
    /// <returns>The values that are worth taking out of text.</returns>
    public static IEnumerable<string> ValuesIn(IEnumerable<Manifest> manifests) => AllValuesIn(manifests).Where(SecretValues.IsWorthHiding);

    private static IEnumerable<string> AllValuesIn(IEnumerable<Manifest> manifests)
    {
        foreach (var body in manifests.Select(manifest => manifest.Body).Where(IsSecret))
        {
            foreach (var (_, value) in body["data"] as JsonObject ?? [])
                yield return Encoding.UTF8.GetString(Decode(value?.ToString() ?? ""));
            foreach (var (_, value) in body["stringData"] as JsonObject ?? [])
                yield return value?.ToString() ?? "";
        }
    }

    private static bool IsSecret(JsonObject body) => body["kind"]?.ToString() == "Secret";

    private void MaskValues(JsonObject? values, bool fromBase64)
    {
        foreach (var (key, value) in values?.ToList() ?? [])
        {
            var text = value?.ToString() ?? "";
            values![key] = $"{Redactor.Mask} ({ShortHash(fromBase64 ? Decode(text) : Encoding.UTF8.GetBytes(text))})";
        }
    }

    private string ShortHash(byte[] value) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, value))[..8];

    private static byte[] Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(text);
    }

    private static void RedactTexts(JsonNode? node, Redactor redactor)
    {
        if (node is JsonObject mapping)
        {
            foreach (var (key, value) in mapping.ToList())
            {
                if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String)
                    mapping[key] = redactor.Redact(text.ToString());
                else
                    RedactTexts(value, redactor);
            }
        }
        else if (node is JsonArray sequence)
        {
            for (var i = 0; i < sequence.Count; i++)
            {
                if (sequence[i] is JsonValue text && text.GetValueKind() == JsonValueKind.String)
                    sequence[i] = redactor.Redact(text.ToString());
                else
                    RedactTexts(sequence[i], redactor);
            }
        }
    }
}
