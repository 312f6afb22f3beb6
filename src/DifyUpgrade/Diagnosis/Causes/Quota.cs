using System.Text.RegularExpressions;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>The namespace's quota has no room for more pods.</summary>
internal static partial class Quota
{
    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>A cause for each quota.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence) => evidence.Refusals
        .Select(refusal => Exceeded().Match(refusal))
        .Where(match => match.Success)
        .DistinctBy(match => match.Groups["quota"].Value)
        .Select(match => new Cause(
            "quota",
            $"The quota {match.Groups["quota"].Value} has no room: {match.Groups["what"].Value.Trim(' ', ',')}",
            $"namespace {evidence.Namespace}",
            $"kubectl describe resourcequota {match.Groups["quota"].Value} -n {evidence.Namespace}\nThen raise it, ask for less, or let old pods go first: maxSurge: 0, maxUnavailable: 1"));

    [GeneratedRegex("exceeded quota: (?<quota>[^,]+)(?<what>[^\n]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Exceeded();
}
