using System.Text;
using System.Text.Json;

namespace DifyUpgrade.Prompts;

/// <summary>What a starter file says of a name.</summary>
/// <param name="Purpose">What Dify does with it, as a comment.</param>
/// <param name="Text">A text to begin with; null for what is no text.</param>
/// <param name="Value">A value to begin with, as Python writes it; null for a text.</param>
internal sealed record StarterPrompt(string Purpose, string? Text = null, string? Value = null);

/// <summary>Writes a prompts.py that has every name a Dify version imports, each with a comment and a text to begin with.</summary>
internal static class StarterPrompts
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<IReadOnlyDictionary<string, StarterPrompt>> Known = new(() =>
        JsonSerializer.Deserialize<Dictionary<string, StarterPrompt>>(EmbeddedFile.Read("DifyUpgrade.Prompts.prompt-starters.json"), Json)!);

    /// <summary>Writes the file.</summary>
    /// <param name="answer">What the version imports.</param>
    /// <returns>Python.</returns>
    public static string Write(PromptContractAnswer answer)
    {
        var text = new StringBuilder();
        text.Append(
            $$""""
            """Custom prompts for Dify {{answer.UsedVersion}}, mounted over {{PromptContractCheck.PathInImage}}.

            Every name that this version imports is defined here, with a short text to begin with. Change the texts; keep the
            names, the fields that Dify fills in, and the shape of the answers asked for.
            Dify's own texts: {{PromptVersionFindings.ShowStockFile(answer.Tag.Text)}}
            """

            """");
        foreach (var import in answer.Required.Concat(answer.Lazy))
            Append(text, import, answer);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Append(StringBuilder text, PromptImport import, PromptContractAnswer answer)
    {
        var starter = Known.Value.GetValueOrDefault(import.Name) ?? new StarterPrompt("Not known to this program yet: look at Dify's own text.", "Write this prompt.");
        var fields = answer.Placeholders.FirstOrDefault(one => one.Name == import.Name)?.Fields ?? [];
        var use = import.IsAtStart
            ? $"Imported at start by {import.Importer}: without it api, worker and beat crash."
            : $"Imported by {import.Importer} within {import.Endpoint}: without it that request fails.";
        text.Append("\n\n# ").Append(starter.Purpose).Append("\n# ").Append(use).Append('\n');
        if (fields.Count > 0)
            text.Append("# Dify fills in: ").Append(string.Join(", ", fields)).Append('\n');
        text.Append(import.Name).Append(" = ").Append(starter.Value ?? $"\"\"\"{starter.Text}{string.Concat(fields.Select(Line))}\n\"\"\"").Append('\n');
    }

    private static string Line(string field) => $"\n\n{field.Trim('{', '}', '#').Replace('_', ' ').ToLowerInvariant()}: {field}";
}
