using System.Security.Cryptography;
using System.Text;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>
/// Secrets of twelve shapes. Each holds a word that is nowhere else and that no escaping changes, so whoever finds the word in
/// something written has found the secret, whatever became of the rest of it.
/// </summary>
internal sealed class Canaries
{
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    /// <summary>A secret that a chart writes where helm or the server refuses it and says why.</summary>
    public string Quoted => $"Quoted {Word("in helm's own error text")}!";

    /// <summary>A secret that a container writes into its log.</summary>
    public string Logged => Word("in a pod's log");

    /// <summary>A password that a URL of a kubeconfig holds.</summary>
    public string InAddress => Word("inside a URL");

    /// <summary>The values file with the secrets.</summary>
    /// <param name="generation">Another one changes a value, and that is all.</param>
    public string SecretValues(int generation) =>
        $$$$"""
        global:
          appSecretKey: "{{{{Word("plain")}}}}-{{{{generation}}}}"
        externalPostgres:
          password: 'p@ss/{{{{Word("in a URL's escapes")}}}}?x=1#%&+'
        externalRedis:
          password: 'redis {{{{Word("in another URL's escapes")}}}}&<>"'
        sharedSecretEnv:
          LOGGED: {{{{Logged}}}}
          QUOTED: "{{{{Quoted}}}}"
          MULTI_LINE: |
            -----BEGIN PRIVATE KEY-----
            {{{{Word("first of many lines")}}}}
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASC {{{{Word("last of many lines")}}}}
            -----END PRIVATE KEY-----
          JSON: '{"key":"{{{{Word("JSON-escaped")}}}}\t\\\"<&>"}'
          BASE64: {{{{Convert.ToBase64String(Encoding.UTF8.GetBytes("base64 of " + Word("base64")))}}}}
          PREFIX: {{{{Word("prefix of another")}}}}
          LONGER: {{{{Word("prefix of another")}}}}{{{{Word("tail behind a prefix")}}}}
          APOSTROPHE: "it's {{{{Word("YAML-quoted")}}}}'s"
          UNICODE: "pä漢{{{{Word("beside letters beyond ASCII")}}}}ü"
          REGISTRY: '{"auths":{"registry.example":{"auth":"{{{{Convert.ToBase64String(Encoding.UTF8.GetBytes("me:" + Word("inside base64 inside JSON")))}}}}"}}}'
        sharedEnv:
          BY_MISTAKE: {{{{Word("in a ConfigMap by mistake")}}}}
        """;

    /// <summary>A values file that is no secret, with a URL that has a password all the same.</summary>
    public string OpenValues => $"sharedEnv: {{VECTOR_STORE_URL: \"https://dify:{InAddress}@vectors.example/db?token={Word("token in a URL")}\"}}\n";

    /// <summary>Looks for every one of them, plain and in any base64.</summary>
    /// <param name="place">What is searched, for the result.</param>
    /// <param name="bytes">Where to look.</param>
    /// <returns>What was found, and where.</returns>
    public IEnumerable<string> In(string place, ReadOnlyMemory<byte> bytes) =>
        from word in _words
        from form in Forms(word.Value)
        let at = bytes.Span.IndexOf(Encoding.UTF8.GetBytes(form))
        where at >= 0
        select $"the secret {word.Key} is in {place}: …{Encoding.UTF8.GetString(bytes.Span[Math.Max(0, at - 150)..Math.Min(bytes.Length, at + 40)])}…";

    // The characters of base64 at both ends depend on what stands beside the word.
    private static IEnumerable<string> Forms(string word) =>
        Enumerable.Range(0, 3).Select(before => Convert.ToBase64String([.. new byte[before], .. Encoding.UTF8.GetBytes(word)])[(before == 0 ? 0 : 4)..^4]).Prepend(word);

    private string Word(string shape)
    {
        if (!_words.TryGetValue(shape, out var word))
            _words[shape] = word = "Cn" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(9));
        return word;
    }
}
