using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DifyUpgrade.Reports;

/// <summary><c>report.json</c> and its schema.</summary>
internal static class ReportJson
{
    /// <summary>The schema's file, beside the report.</summary>
    public const string SchemaFile = "report.schema.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The schema as it is published.</summary>
    public static string PublishedSchema => EmbeddedFile.Read("DifyUpgrade.Reports." + SchemaFile);

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report, redacted.</param>
    /// <returns>One line of JSON, which names its schema first.</returns>
    public static string Write(RunReport report)
    {
        var body = JsonSerializer.SerializeToNode(report, Options)!.AsObject();
        body.Insert(0, "$schema", "./" + SchemaFile);
        return body.ToJsonString(Options);
    }

    /// <summary>Reads a report that was written.</summary>
    /// <param name="json">Its text.</param>
    /// <returns>The report.</returns>
    public static RunReport Read(string json) => JsonSerializer.Deserialize<RunReport>(json, Options)!;

    /// <summary>The schema as the records make it: what is published must be this.</summary>
    /// <returns>The schema's text.</returns>
    public static string MakeSchema()
    {
        var schema = Options.GetJsonSchemaAsNode(typeof(RunReport), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        schema["properties"]!.AsObject().Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "What a run of the Dify upgrade saw");
        return schema.ToJsonString(new JsonSerializerOptions(Options) { WriteIndented = true }) + "\n";
    }
}
