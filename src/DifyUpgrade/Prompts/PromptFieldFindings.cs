using DifyUpgrade.Prompts.Python;

namespace DifyUpgrade.Prompts;

/// <summary>
/// Compares the fields that stand in a file's prompts with those that Dify fills in. Only names that Dify uses as
/// templates are looked at: in every other text a brace is plain text, such as the JSON of an example.
/// </summary>
/// <param name="fileName">The path to show.</param>
/// <param name="module">What the file defines.</param>
/// <param name="answer">What the version fills in.</param>
internal sealed class PromptFieldFindings(string fileName, PythonModule module, PromptContractAnswer answer)
{
    // A text that was replaced by something else entirely needs no list of everything in it.
    private const int MostUnknown = 5;

    private readonly Dictionary<string, PythonName> _defined = module.Names.ToDictionary(name => name.Name, StringComparer.Ordinal);

    /// <summary>All that the comparison shows.</summary>
    /// <returns>By prompt: lost fields first, then unknown ones.</returns>
    public IEnumerable<Finding> All() => answer.Placeholders
        .Where(placeholders => _defined.TryGetValue(placeholders.Name, out var name) && !name.IsConditional)
        .SelectMany(placeholders => module.Texts.TryGetValue(placeholders.Name, out var text)
            ? Compare(placeholders, text)
            : [NotWrittenOut(placeholders)]);

    private IEnumerable<Finding> Compare(PromptPlaceholders wanted, PythonText text)
    {
        List<PromptField> found = [.. wanted.IsFormat ? PromptFields.Format(module.Source, text) : PromptFields.Double(module.Source, text)];
        List<(string Field, PromptField? Instead)> lost =
        [
            .. wanted.Fields.Where(field => found.TrueForAll(one => one.Text != field)).Select(field => (field, PromptFields.Likely(module.Source, text, field))),
        ];

        // What stands in for a lost field is told with it.
        var unknown = found.Where(one => !wanted.Fields.Contains(one.Text) && !lost.Exists(loss => loss.Instead?.Offset == one.Offset));
        return [.. lost.Select(loss => Lost(wanted, loss.Field, loss.Instead)), .. unknown.Take(MostUnknown).Select(one => Unknown(wanted, one))];
    }

    private Finding Lost(PromptPlaceholders wanted, string field, PromptField? instead)
    {
        var seen = $"{wanted.Name} has lost its field {field}, which Dify {answer.UsedVersion} fills in";
        return instead is null
            ? Finding.Warning(seen, Place(_defined[wanted.Name].Offset), $"put {field} where its value belongs in the text")
            : Finding.Warning(seen, Place(instead.Offset), $"if {instead.Text} is meant for it, write {field}; else put {field} where its value belongs");
    }

    private Finding Unknown(PromptPlaceholders wanted, PromptField field)
    {
        var known = string.Join(" and ", wanted.Fields);
        return wanted.IsFormat
            ? Finding.Warning(
                $"{field.Text} stands in {wanted.Name}, which Dify passes to str.format with {known} only: the request fails",
                Place(field.Offset),
                $"double every brace that is plain text: {field.Text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)}")
            : Finding.Warning(
                $"{field.Text} in {wanted.Name} is no field that Dify {answer.UsedVersion} fills in; the model gets it as it stands",
                Place(field.Offset),
                $"the fields of this prompt are {known}; write the name without double braces if plain text is meant");
    }

    private Finding NotWrittenOut(PromptPlaceholders wanted) => Finding.Information(
        $"the text of {wanted.Name} is put together when the file runs, so it is not checked for {string.Join(" and ", wanted.Fields)}",
        Place(_defined[wanted.Name].Offset),
        "write it as plain strings to have it checked");

    private string Place(int offset) => $"{fileName}:{module.Source.LineOf(offset)}:{module.Source.ColumnOf(offset)}";
}
