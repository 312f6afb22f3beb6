using DifyUpgrade.Prompts;
using DifyUpgrade.Prompts.Python;

namespace DifyUpgrade.Inspection;

/// <summary>Says what the image itself made of a prompt file.</summary>
internal static class ProbeFindings
{
    /// <summary>Words the answer.</summary>
    /// <param name="fileName">The path to show.</param>
    /// <param name="module">What the file was read to define.</param>
    /// <param name="probed">The image's answer.</param>
    /// <param name="image">The image, and its tag.</param>
    /// <returns>What was seen.</returns>
    public static IEnumerable<Finding> Of(string fileName, PythonModule module, ProbedModule probed, (string Image, string Tag) image)
    {
        var where = $"image {image.Image}";
        return
        [
            .. probed.Candidate is { Error: { } error } candidate ? [NotImported(fileName, image.Image, error, candidate)] : Names(fileName, module, probed, image.Tag),
            .. probed.HasStock ? Array.Empty<Finding>() : [NotThere(probed, where)],
            .. probed.StarImports.Select(file => Finding.Warning($"{file} imports everything from {probed.Module}, so what it needs cannot be known", where, $"look at {file} in the image")),
            .. probed.Unread.Select(file => Finding.Warning($"{file} could not be read, so what it imports is not known", where, "look at the file in the image")),
        ];
    }

    private static IEnumerable<Finding> Names(string fileName, PythonModule module, ProbedModule probed, string tag)
    {
        var answer = probed.AnswerFor(tag);
        return
        [
            Finding.Information(
                $"the image imports {answer.Required.Count} names at start and {answer.Lazy.Count} within requests from {probed.Module}; it has imported the file itself, which defines {probed.Candidate?.Names.Count ?? 0} names",
                fileName,
                "nothing to do unless an error follows"),
            .. PromptContractCheck.Against(fileName, Exactly(module, probed.Candidate), answer),
        ];
    }

    // What running it defined leaves nothing open.
    private static PythonModule Exactly(PythonModule module, ProbedCandidate? candidate)
    {
        if (candidate is null)
            return module;
        var read = module.Names.ToDictionary(name => name.Name, StringComparer.Ordinal);
        return module with
        {
            Names = [.. candidate.Names.Select(name => read.TryGetValue(name, out var known) ? known with { IsConditional = false } : new PythonName(name, 1, 0, IsConditional: false))],
            OpenEnds = [],
            Problems = [],
            GlobalsOfBodies = new HashSet<string>(),
        };
    }

    private static Finding NotImported(string fileName, string image, string error, ProbedCandidate candidate) => Finding.Error(
        $"The image {image} cannot import the file: {error}",
        candidate.Line is { } line ? $"{fileName}:{line}:{candidate.Column ?? 1}" : fileName,
        "mend the line; api, worker and beat import it just so when they start");

    private static Finding NotThere(ProbedModule probed, string where) => Finding.Warning(
        $"The image has no file of its own for {probed.Module}, so mounting one there may have no effect",
        where,
        "Dify may have moved it: look for its new place in the release notes, and mount the file there");
}
