using System.Text.RegularExpressions;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>Somebody else wrote what helm was about to write.</summary>
internal static partial class HelmConflict
{
    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>The cause, if it is there.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence)
    {
        var said = evidence.HelmSaid;
        if (said.Contains("release: already exists", StringComparison.Ordinal))
        {
            yield return new Cause(
                "helm-conflict",
                "Two upgrades ran at once and the other one won: helm lets one of them make a revision",
                $"namespace {evidence.Namespace}",
                "Another run works on the release. See what it made of it: ./build.sh Status");
        }
        else if (Ownership().Match(said) is { Success: true } owned)
        {
            yield return new Cause(
                "helm-conflict",
                $"{owned.Groups["kind"].Value} {owned.Groups["name"].Value} exists already and is not this release's, so helm does not touch it",
                $"namespace {evidence.Namespace}",
                $"Delete or rename it, or give it to the release (labels and annotations as helm names them): kubectl get {owned.Groups["kind"].Value} {owned.Groups["name"].Value} -n {evidence.Namespace} -o yaml");
        }
        else if (Modified().IsMatch(said))
        {
            yield return new Cause(
                "helm-conflict",
                "Somebody else changed an object while helm was about to: " + Modified().Match(said).Value,
                $"namespace {evidence.Namespace}",
                "Find out who writes it (a GitOps controller, an autoscaler): kubectl get … -o yaml --show-managed-fields; then again: ./build.sh Upgrade");
        }
    }

    [GeneratedRegex("""(?<kind>\w+) "(?<name>[^"]+)" in namespace "[^"]*" exists and cannot be imported into the current release""", RegexOptions.CultureInvariant)]
    private static partial Regex Ownership();

    [GeneratedRegex("""(Operation cannot be fulfilled on [^:]+: )?the object has been modified|Apply failed with \d+ conflicts?[^\n]*""", RegexOptions.CultureInvariant)]
    private static partial Regex Modified();
}
