using System.Text.RegularExpressions;

namespace DifyUpgrade.Cluster;

/// <summary>A right that the API server says is missing, in RBAC's words.</summary>
/// <param name="Verb">Such as <c>list</c>.</param>
/// <param name="Resource">Such as <c>pods</c> or <c>pods/exec</c>.</param>
/// <param name="Group">The API group; empty for core.</param>
/// <param name="Namespace">The namespace; null for a right on the whole cluster.</param>
internal sealed partial record MissingRight(string Verb, string Resource, string Group, string? Namespace)
{
    /// <summary>Reads the right out of the API server's message.</summary>
    /// <param name="message">The 403's message.</param>
    /// <returns>The right; null if the message is of another form (an admission webhook's, a proxy's).</returns>
    public static MissingRight? From(string message)
    {
        var match = Sentence().Match(message);
        if (!match.Success)
            return null;
        var space = match.Groups["namespace"];
        return new(match.Groups["verb"].Value, match.Groups["resource"].Value, match.Groups["group"].Value, space.Success ? space.Value : null);
    }

    [GeneratedRegex("""cannot (?<verb>\S+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)")?""")]
    private static partial Regex Sentence();
}
