using System.Text.RegularExpressions;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>An admission webhook refuses an object, or does not answer.</summary>
internal static partial class AdmissionWebhook
{
    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>A cause for each webhook.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence)
    {
        foreach (var refusal in evidence.Refusals)
        {
            if (Denied().Match(refusal) is { Success: true } denied)
            {
                yield return new Cause(
                    "admission-webhook",
                    $"The admission webhook {denied.Groups["hook"].Value} refuses: {denied.Groups["why"].Value.Trim()}",
                    $"namespace {evidence.Namespace}",
                    "Change the chart's values so that the policy lets it through, or ask its owner: kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations");
            }
            else if (Failed().Match(refusal) is { Success: true } failed)
            {
                yield return new Cause(
                    "admission-webhook",
                    $"The admission webhook {failed.Groups["hook"].Value} does not answer, so nothing is admitted: {failed.Groups["why"].Value.Trim()}",
                    $"namespace {evidence.Namespace}",
                    "Bring the webhook's own pods back: kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations");
            }
        }
    }

    [GeneratedRegex("""admission webhook "(?<hook>[^"]+)" denied the request:?(?<why>[^\n]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Denied();

    [GeneratedRegex("""failed calling (admission )?webhook "(?<hook>[^"]+)":(?<why>[^\n]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Failed();
}
