using System.Text.RegularExpressions;
using DifyUpgrade.Prompts.Python;

namespace DifyUpgrade.Prompts;

/// <summary>Compares the names a file defines with those a Dify version imports.</summary>
/// <param name="fileName">The path to show.</param>
/// <param name="module">What the file defines.</param>
/// <param name="answer">What the version imports.</param>
internal sealed partial class PromptNameFindings(string fileName, PythonModule module, PromptContractAnswer answer)
{
    // Extra names only serve to guess what was meant; a file with more of them than this holds no guess worth making.
    private const int MostExtras = 200;
    private const int MostShown = 20;

    private readonly Dictionary<string, PythonName> _defined = module.Names.ToDictionary(name => name.Name, StringComparer.Ordinal);

    private readonly IReadOnlyList<PromptImport> _imported = [.. answer.Required, .. answer.Lazy];

    private readonly IReadOnlyList<PythonName> _extras =
    [
        .. module.Names.Where(name => !answer.Required.Concat(answer.Lazy).Any(import => import.Name == name.Name)).Take(MostExtras),
    ];

    /// <summary>All that the comparison shows.</summary>
    /// <returns>Missing names first, then doubtful ones, then those that nothing imports.</returns>
    public IEnumerable<Finding> All() =>
    [
        .. _imported.Where(IsMissing).Select(Missing),
        .. answer.Possible.Where(IsMissing).Select(PossiblyMissing),
        .. _imported.Where(import => !IsMissing(import) && _defined[import.Name].IsConditional).Select(Conditional),
        .. module.Rebound.Where(second => _imported.Any(import => import.Name == second.Name)).Select(DefinedTwice),
        .. Extras(),
    ];

    private bool IsMissing(PromptImport import) => !_defined.ContainsKey(import.Name);

    private Finding Missing(PromptImport import)
    {
        if (module.Deleted.FirstOrDefault(second => second.Name == import.Name) is { } deleted)
            return Deleted(import, deleted);
        var doubt = module.GlobalsOfBodies.Contains(import.Name)
            ? "is defined only once a function runs that declares it global"
            : module.OpenEnds.Count > 0 ? $"is not to be seen in the file, though {module.OpenEnds[0].Text} may define it" : null;
        var severity = doubt is null && import.IsAtStart ? Severity.Error : Severity.Warning;
        return new Finding(severity, $"{import.Name} {doubt ?? "is missing"}; {Consequence(import)}", fileName, Add(import.Name));
    }

    private Finding Deleted(PromptImport import, PythonSecond deleted) => new(
        import.IsAtStart ? Severity.Error : Severity.Warning,
        $"{import.Name} is defined on line {deleted.FirstLine} but deleted again; {Consequence(import)}",
        Place(deleted.Offset),
        $"take {import.Name} out of the del");

    private Finding DefinedTwice(PythonSecond second) => Finding.Warning(
        $"{second.Name} is defined a second time; what line {second.FirstLine} gives it is lost",
        Place(second.Offset),
        $"keep one of the two, line {second.FirstLine} or line {module.Source.LineOf(second.Offset)}");

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
        var version = answer.Knowledge is PromptKnowledge.Exact or PromptKnowledge.Image ? answer.UsedVersion : $"{answer.UsedVersion}, the nearest known to {answer.Tag.Text},";
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

    // One line for all of them: a file that serves several versions has some in good order.
    private IEnumerable<Finding> Extras()
    {
        if (answer.UsedVersion is null)
            return [];
        List<(PythonName Name, string? Meant)> extras = [.. _extras.Select(extra => (extra, MeantBy(extra.Name))).Where(extra => extra.Item2 is not null || Constant().IsMatch(extra.extra.Name))];
        if (extras.Count == 0)
            return [];
        var shown = extras.Take(MostShown).Select(extra => $"{extra.Name.Name} (line {extra.Name.Line}{(extra.Meant is null ? "" : $"; {extra.Meant}?")})");
        var rest = extras.Count > MostShown ? $" and {extras.Count - MostShown} more" : "";
        return
        [
            Finding.Information(
                $"Dify {answer.UsedVersion} imports none of these: {string.Join(", ", shown)}{rest}",
                Place(extras[0].Name.Offset),
                "if the name after a semicolon is meant, rename; else nothing: they have no effect in this version"),
        ];
    }

    // A name of another version is rightly there; it is told with the name it has now, if that is missing.
    private string? MeantBy(string name) => PromptContract.Shipped.KnownNames.Contains(name)
        ? PromptNameLikeness.Nearest(name, _imported.Where(IsMissing).Select(import => import.Name))
        : PromptNameLikeness.Nearest(name, _imported.Select(import => import.Name));

    private string Place(int offset) => $"{fileName}:{module.Source.LineOf(offset)}:{module.Source.ColumnOf(offset)}";

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Constant();
}
