using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DifyUpgrade.Reporting;

/// <summary>Writes each target's result as one line of JSON, for programs that read along (<c>--output json</c>).</summary>
/// <param name="output">Where to; null when nobody asked for JSON.</param>
public sealed class ResultLines(TextWriter? output)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes one result.</summary>
    /// <param name="target">The target that came to it.</param>
    /// <param name="result">The result; its public properties are written.</param>
    /// <param name="redactor">Knows the secrets.</param>
    internal void Write(string target, object result, Redactor redactor) =>
        output?.WriteLine(redactor.Redact(JsonSerializer.Serialize(new { Target = target, Result = result }, Options)));
}
