using System.Text.RegularExpressions;
using DifyUpgrade.Prompts;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>The mounted prompts file breaks Dify's start: a name is missing, it is no Python, or it raises.</summary>
internal static partial class PromptsImport
{
    private const string Name = "prompts-import";
    private const string GoBack = "or go back: ./build.sh Rollback";

    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>A cause for each thing that is wrong with the file, however many pods it breaks.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence) =>
        from pod in evidence.Pods
        from log in pod.Logs
        let cause = Of(pod, log)
        where cause is not null
        group cause by cause.Seen into alike
        select alike.First() with { Where = string.Join(", ", alike.Select(cause => cause.Where).Distinct().Take(3)) };

    private static Cause? Of(PodEvidence pod, ContainerLog log)
    {
        var text = string.Join('\n', log.Lines);
        var where = $"{pod.Name}, container {log.Container}";
        if (MissingName().Match(text) is { Success: true } missing)
            return Lacks(missing.Groups["name"].Value, ImageOf(pod, log.Container), where);
        if (InFile().Matches(text) is not [.., var last])
            return null;
        var error = LastError().Match(text, last.Index);
        if (!error.Success)
            return null;
        return new Cause(
            Name,
            error.Value.StartsWith("SyntaxError", StringComparison.Ordinal) || error.Value.StartsWith("IndentationError", StringComparison.Ordinal)
                ? $"{last.Groups["file"].Value} is no valid Python at line {last.Groups["line"].Value}: {error.Value}"
                : $"{last.Groups["file"].Value} fails at line {last.Groups["line"].Value} when Dify starts: {error.Value}",
            where,
            $"Mend the prompt file, check it: ./build.sh ValidateConfigMap, then: ./build.sh RefreshPrompts;\n{GoBack}");
    }

    private static Cause Lacks(string name, string image, string where)
    {
        var tag = image[(image.LastIndexOf(':') + 1)..];
        var since = PromptContract.Shipped.For(tag).Required.FirstOrDefault(import => import.Name == name)?.Since;
        return new Cause(
            Name,
            $"prompts.py lacks {name}, which Dify {tag} imports at start{(since is null ? "" : $" (since {since})")}, so the container crashes",
            where,
            $"Add it to the prompt file (all that are missing: ./build.sh ValidateConfigMap), then: ./build.sh RefreshPrompts;\n{GoBack}");
    }

    private static string ImageOf(PodEvidence pod, string container) =>
        pod.State.Containers.FirstOrDefault(candidate => candidate.Name == container)?.Image ?? "";

    [GeneratedRegex("""ImportError: cannot import name '(?<name>\w+)' from '[\w.]*prompts'""", RegexOptions.CultureInvariant)]
    private static partial Regex MissingName();

    [GeneratedRegex("""File "[^"]*/(?<file>prompts\.py)", line (?<line>\d+)""", RegexOptions.CultureInvariant)]
    private static partial Regex InFile();

    [GeneratedRegex(@"^(\w+\.)*\w*(Error|Exception|Interrupt|Exit)\b[^\n]*", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex LastError();
}
