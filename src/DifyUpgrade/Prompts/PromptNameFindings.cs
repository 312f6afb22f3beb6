using DifyUpgrade.Prompts.Python;

namespace DifyUpgrade.Prompts;

/// <summary>Compares the names a file defines with those a Dify version imports.</summary>
/// <param name="fileName">The path to show.</param>
/// <param name="module">What the file defines.</param>
/// <param name="answer">What the version imports.</param>
internal sealed class PromptNameFindings(string fileName, PythonModule module, PromptContractAnswer answer)
{
    // Extra names only serve to guess what was meant; a file with more of them than this holds no guess worth making.
    private const int MostExtras = 200;

    private readonly Dictionary<string, PythonName> _defined = module.Names.ToDictionary(name => name.Name, StringComparer.Ordinal);

    private readonly IReadOnlyList<PythonName> _extras =
    [
        .. module.Names.Where(name => !answer.Required.Concat(answer.Lazy).Any(import => import.Name == name.Name)).Take(MostExtras),
    ];

    /// <summary>All that the comparison shows.</summary>
    /// <returns>Missing names first, then doubtful ones, then a likely misspelling.</returns>
    public IEnumerable<Finding> All()
    {
        var imported = answer.Required.Concat(answer.Lazy).ToList();
        return
        [
            .. imported.Where(IsMissing).Select(Missing),
            .. answer.Possible.Where(IsMissing).Select(PossiblyMissing),
            .. imported.Where(import => !IsMissing(import) && _defined[import.Name].IsConditional).Select(Conditional),
            .. LikelyMisspelt(imported),
        ];
    }

    private bool IsMissing(PromptImport import) => !_defined.ContainsKey(import.Name);

    private Finding Missing(PromptImport import)
    {
        var doubt = module.GlobalsOfBodies.Contains(import.Name)
            ? "is defined only once a function runs that declares it global"
            : module.OpenEnds.Count > 0 ? $"is not to be seen in the file, though {module.OpenEnds[0].Text} may define it" : null;
        var severity = doubt is null && import.IsAtStart ? Severity.Error : Severity.Warning;
        return new Finding(severity, $"{import.Name} {doubt ?? "is missing"}; {Consequence(import)}", fileName, Add(import.Name));
    }

    private Finding PossiblyMissing(PromptImport import) => Finding.Warning(
        $"{import.Name} is missing; Dify {import.Since} imports it in {import.Importer}, and {answer.Tag.Text} may do so already",
        fileName,
        Add(import.Name));

    private Finding Conditional(PromptImport import) => Finding.Warning(
        $"{import.Name} is defined under a condition only, so it may be missing; {Consequence(import)}",
        $"{fileName}:{_defined[import.Name].Line}",
        $"make sure that every way through the file defines {import.Name}, or give it a first value at the top");

    private string Consequence(PromptImport import)
    {
        var version = answer.Knowledge == PromptKnowledge.Exact ? answer.UsedVersion : $"{answer.UsedVersion}, the nearest known to {answer.Tag.Text},";
        return import.IsAtStart
            ? $"Dify {version} imports it at start in {import.Importer}, and api, worker and beat crash without it"
            : $"Dify {version} imports it in {import.Importer} within {import.Endpoint}, and that request fails without it";
    }

    private string Add(string name)
    {
        var show = $"Dify's own text: {PromptVersionFindings.ShowStockFile(answer.Tag.Text)}";
        var nearest = PromptNameLikeness.Nearest(name, _extras.Select(extra => extra.Name));
        return nearest is null
            ? $"add {name} = … at the top level of {fileName}; {show}"
            : $"if {nearest} on line {_defined[nearest].Line} is meant, add the line {name} = {nearest} at the end of {fileName}; else add {name} = … there; {show}";
    }

    private IEnumerable<Finding> LikelyMisspelt(IReadOnlyList<PromptImport> imported)
    {
        var pairs = _extras
            .Where(extra => !PromptContract.Shipped.KnownNames.Contains(extra.Name))
            .Select(extra => (Extra: extra, Meant: imported.FirstOrDefault(import => PromptNameLikeness.IsSlip(extra.Name, import.Name))))
            .Where(pair => pair.Meant is not null)
            .ToList();
        if (pairs.Count == 0)
            return [];
        var list = string.Join(", ", pairs.Select(pair => $"{pair.Extra.Name} (line {pair.Extra.Line}; {pair.Meant!.Name}?)"));
        return
        [
            Finding.Information(
                $"no Dify version imports {list}",
                $"{fileName}:{pairs[0].Extra.Line}",
                "if the name in parentheses is meant, rename; the text has no effect under the name it has"),
        ];
    }
}
