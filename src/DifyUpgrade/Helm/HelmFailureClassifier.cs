using System.Text.RegularExpressions;

namespace DifyUpgrade.Helm;

/// <summary>Reads the kind of a failure out of helm's words, from 3.10 to 4.</summary>
internal static partial class HelmFailureClassifier
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // Order matters. The error text of a chart or an admission webhook can hold any word, so these come first. helm wraps an
    // unknown context, refused credentials and a broken kubeconfig in "cluster unreachable", so that comes after them.
    private static readonly (HelmFailure Failure, Regex Words)[] Rules =
    [
        (HelmFailure.ChartInvalid, ChartInvalid()),
        (HelmFailure.Other, Webhook()),
        (HelmFailure.OperationInProgress, OperationInProgress()),
        (HelmFailure.ReleaseAlreadyExists, ReleaseAlreadyExists()),
        (HelmFailure.ReleaseNotFound, ReleaseNotFound()),
        (HelmFailure.ContextUnknown, ContextUnknown()),
        (HelmFailure.KubeconfigInvalid, KubeconfigInvalid()),
        (HelmFailure.Unauthorized, Unauthorized()),
        (HelmFailure.Forbidden, Forbidden()),
        (HelmFailure.Unreachable, Unreachable()),
        (HelmFailure.TimedOut, TimedOut()),
    ];

    /// <summary>Names the failure.</summary>
    /// <param name="standardError">All that helm wrote to stderr, warnings and all.</param>
    /// <returns>The first kind whose words are in helm's error; <see cref="HelmFailure.Other"/> when none are.</returns>
    public static HelmFailure Classify(string standardError)
    {
        var error = ErrorIn(standardError.ReplaceLineEndings("\n"));
        return Array.Find(Rules, rule => rule.Words.IsMatch(error)).Failure;
    }

    // Warnings before the error can hold any of the words too.
    private static string ErrorIn(string text)
    {
        var start = text.LastIndexOf("\nError: ", StringComparison.Ordinal);
        return start < 0 ? text : text[(start + 1)..];
    }

    [GeneratedRegex(
        """
        execution\ error\ at\ \(|parse\ error\ at\ \(|parse\ error\ on\ |template:\ |converting\ YAML\ to\ JSON|error\ unmarshal
        |don't\ meet\ the\ specifications|missing\ in\ charts/|incompatible\ with\ Kubernetes|Chart\.yaml\ file\ is\ missing|validation:\ chart
        |unable\ to\ build\ kubernetes\ objects|error\ validating\ data|cannot\ patch\ .*\ is\ invalid:|failed\ to\ create\ resource:\ .*\ is\ invalid:
        |(^Error|FAILED):\ (path\ "|open\ |failed\ to\ parse\ |failed\ to\ download|repo\ |looks\ like\ "|cannot\ load|file\ ')
        """,
        Options | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ChartInvalid();

    [GeneratedRegex("failed calling webhook|conversion webhook", Options)]
    private static partial Regex Webhook();

    [GeneratedRegex("another operation .* is in progress", Options)]
    private static partial Regex OperationInProgress();

    [GeneratedRegex("release: already exists|cannot re-?use a name that is still in use", Options)]
    private static partial Regex ReleaseAlreadyExists();

    [GeneratedRegex("release: not found|has no deployed releases|release has no [0-9]+ version", Options)]
    private static partial Regex ReleaseNotFound();

    [GeneratedRegex("context \"[^\"]*\" does not exist|context was not found for specified context", Options)]
    private static partial Regex ContextUnknown();

    [GeneratedRegex("error loading config file|invalid configuration:", Options)]
    private static partial Regex KubeconfigInvalid();

    [GeneratedRegex("asked for the client to provide credentials|Unauthorized|getting credentials:", Options)]
    private static partial Regex Unauthorized();

    [GeneratedRegex("is forbidden|forbidden: ", Options)]
    private static partial Regex Forbidden();

    [GeneratedRegex(
        "cluster unreachable|connection refused|connection reset|no such host|no route to host|network is unreachable|i/o timeout"
        + "|unexpected EOF|: EOF|too many requests|apiserver not ready|etcdserver: |Internal error occurred|too old to display a consistent list"
        + "|TLS handshake|x509:|Client\\.Timeout exceeded|http2: client connection lost|currently unable to handle the request",
        Options)]
    private static partial Regex Unreachable();

    [GeneratedRegex("timed out waiting for the condition|context deadline exceeded", Options)]
    private static partial Regex TimedOut();
}
