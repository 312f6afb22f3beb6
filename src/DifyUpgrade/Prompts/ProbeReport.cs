using System.Text.Json;

namespace DifyUpgrade.Prompts;

/// <summary>What prompt_probe.py read from Dify's own code.</summary>
/// <param name="Python">The Python that read it.</param>
/// <param name="Files">How many files it looked through.</param>
/// <param name="Modules">What was found for each module asked about.</param>
internal sealed record ProbeReport(string Python, int Files, IReadOnlyList<ProbedModule> Modules)
{
    private const string Mark = "prompt-probe: ";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Finds the report among what the probe printed.</summary>
    /// <param name="lines">The printed lines.</param>
    /// <returns>The report; null when there is none.</returns>
    public static ProbeReport? Read(IEnumerable<string> lines)
    {
        try
        {
            return lines.LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal)) is { } line
                ? JsonSerializer.Deserialize<ProbeReport>(line[Mark.Length..], Json)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What was found for a module.</summary>
internal sealed record ProbedModule
{
    /// <summary>Its dotted name.</summary>
    public required string Module { get; init; }

    /// <summary>What the code imports from it; the same name once for each importing file.</summary>
    public required IReadOnlyList<ProbedImport> Imports { get; init; }

    /// <summary>The fields in the module's own texts, by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Placeholders { get; init; }

    /// <summary>Files that import everything from it, so that what they use cannot be known.</summary>
    public required IReadOnlyList<string> StarImports { get; init; }

    /// <summary>Files that could not be parsed.</summary>
    public required IReadOnlyList<string> Unread { get; init; }

    /// <summary>Whether the code has a file of its own for the module.</summary>
    public required bool HasStock { get; init; }

    /// <summary>What importing the candidate came to; null when none was given.</summary>
    public ProbedCandidate? Candidate { get; init; }

    /// <summary>What is imported, in the shape in which the list that this program brings along gives it.</summary>
    /// <param name="tag">The tag of the image that was asked.</param>
    /// <returns>The answer, which is certain.</returns>
    public PromptContractAnswer AnswerFor(string tag)
    {
        var imports = Imports
            .GroupBy(import => import.Name, StringComparer.Ordinal)
            .Select(same => same.OrderBy(import => import.Endpoint is not null).First())
            .Select(import => new PromptImport { Name = import.Name, Since = tag, Importer = import.File, Endpoint = import.Endpoint })
            .ToList();
        var names = imports.Select(import => import.Name).ToHashSet(StringComparer.Ordinal);
        return new PromptContractAnswer
        {
            Tag = DifyTag.Parse(tag),
            Knowledge = PromptKnowledge.Image,
            UsedVersion = $"{tag} (read from the image)",
            Required = [.. imports.Where(import => import.IsAtStart)],
            Lazy = [.. imports.Where(import => !import.IsAtStart)],
            Placeholders = [.. Placeholders.Where(one => names.Contains(one.Key)).Select(one => new PromptPlaceholders { Name = one.Key, Since = tag, Fields = one.Value })],
            IsSettled = true,
        };
    }
}

/// <summary>An import of one name in one file.</summary>
/// <param name="Name">The name.</param>
/// <param name="File">The file, as it lies in Dify's repository.</param>
/// <param name="Endpoint">The request within which it is imported; null when that happens at start.</param>
internal sealed record ProbedImport(string Name, string File, string? Endpoint);

/// <summary>What importing a candidate came to.</summary>
/// <param name="Names">What it defines.</param>
/// <param name="Error">Why it cannot be imported; null when it can.</param>
/// <param name="Line">Where in the candidate; null when that is not known.</param>
/// <param name="Column">Where in the line; null when that is not known.</param>
internal sealed record ProbedCandidate(IReadOnlyList<string> Names, string? Error, int? Line, int? Column);
