using DifyUpgrade.Diagnosis.Causes;

namespace DifyUpgrade.Diagnosis;

/// <summary>Every cause that is recognised by name. Each is a pure function over the evidence, in a file of its own.</summary>
internal static class KnownCauses
{
    // The more a cause explains, the earlier it stands.
    private static readonly Func<FailureEvidence, IEnumerable<Cause>>[] All =
    [
        HelmPending.In,
        HelmConflict.In,
        AdmissionWebhook.In,
        Quota.In,
        PromptsImport.In,
        OutOfMemory.In,
        ImageUnavailable.In,
        MissingConfiguration.In,
        VolumeTrouble.In,
        NoNodeFits.In,
        ProbeFailing.In,
    ];

    /// <summary>Recognises what is there.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>The causes, the one that explains most first; each but once.</returns>
    public static IReadOnlyList<Cause> In(FailureEvidence evidence)
    {
        List<Cause> known = [.. All.SelectMany(recognise => recognise(evidence)).DistinctBy(cause => cause.Seen, StringComparer.Ordinal)];

        // These two explain nothing; they only tell what there is when nothing explains it.
        if (known.Count == 0)
            known.AddRange(Crash.In(evidence));
        if (known.Count == 0)
            known.AddRange(StillProgressing.In(evidence));
        return known;
    }
}
