using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DifyUpgrade.Prompts;

/// <summary>The shape of prompt-contract.json.</summary>
internal sealed record PromptContractFile
{
    /// <summary>What the file says, for whoever opens it.</summary>
    public required string About { get; init; }

    /// <summary>Where the facts come from, by the first version they hold for.</summary>
    public required IReadOnlyList<PromptContractSource> Sources { get; init; }

    /// <summary>The versions that were looked at, oldest first.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>The imports.</summary>
    public required IReadOnlyList<PromptImport> Imports { get; init; }

    /// <summary>The fields that Dify fills in.</summary>
    public required IReadOnlyList<PromptPlaceholders> Placeholders { get; init; }

    /// <summary>Names seen in forks and branches that could not be tied to a version.</summary>
    public required IReadOnlyList<string> SeenInForksOnly { get; init; }

    /// <summary>Reads the file that is embedded in this assembly.</summary>
    /// <returns>What it says.</returns>
    public static PromptContractFile ReadEmbedded()
    {
        using var stream = EmbeddedFile.Open("DifyUpgrade.Prompts.prompt-contract.json");
        return Read(stream);
    }

    /// <summary>Reads such a file.</summary>
    /// <param name="stream">Its bytes.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="JsonException">It is not such a file.</exception>
    public static PromptContractFile Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, PromptContractJson.Relaxed.PromptContractFile) ?? throw new JsonException("the file holds nothing");

    /// <summary>The file's text.</summary>
    /// <returns>Indented, with a line feed at the end.</returns>
    public string Write() => JsonSerializer.Serialize(this, PromptContractJson.Relaxed.PromptContractFile).ReplaceLineEndings("\n") + "\n";
}

/// <summary>Where facts come from.</summary>
/// <param name="Since">The first version they hold for.</param>
/// <param name="Text">The source.</param>
internal sealed record PromptContractSource(string Since, string Text);

/// <summary>Generated reading of the file; a misspelt member is an error, not a default.</summary>
[JsonSerializable(typeof(PromptContractFile))]
internal sealed partial class PromptContractJson : JsonSerializerContext
{
    /// <summary>Indented, and with apostrophes as they are.</summary>
    public static PromptContractJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
