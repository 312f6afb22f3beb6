using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Reports.Page;

/// <summary>What a pod was doing for a while.</summary>
internal enum PodDoing
{
    /// <summary>It waited for a node.</summary>
    Waiting,

    /// <summary>Its images came.</summary>
    Pulling,

    /// <summary>Its containers were made.</summary>
    Creating,

    /// <summary>It ran and did not yet take traffic.</summary>
    Starting,

    /// <summary>It took traffic.</summary>
    Ready,

    /// <summary>It no longer took traffic, though nobody had told it to go.</summary>
    NotReady,

    /// <summary>It was told to go.</summary>
    Terminating,
}

/// <summary>A part of a pod's timeline.</summary>
/// <param name="Doing">What it was doing.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when.</param>
internal sealed record PodSegment(PodDoing Doing, DateTimeOffset From, DateTimeOffset To);

/// <summary>Cuts a pod's timeline into what it was doing; pure.</summary>
internal static class PodSegments
{
    /// <summary>Cuts one.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="from">When watching began.</param>
    /// <param name="to">When it ended.</param>
    /// <returns>The parts, one after the other, without a gap.</returns>
    public static IEnumerable<PodSegment> Of(PodRecord pod, DateTimeOffset from, DateTimeOffset to)
    {
        List<(DateTimeOffset At, PodDoing Doing)> marks = [.. Marks(pod, from).OrderBy(mark => mark.At)];
        var end = pod.Gone ?? to;
        for (var i = 0; i < marks.Count; i++)
        {
            var until = i + 1 < marks.Count ? marks[i + 1].At : end;
            if (until > marks[i].At)
                yield return new PodSegment(marks[i].Doing, marks[i].At, until);
        }
    }

    private static IEnumerable<(DateTimeOffset At, PodDoing Doing)> Marks(PodRecord pod, DateTimeOffset from)
    {
        if (!pod.WasThere)
            yield return (pod.Seen, PodDoing.Waiting);
        if (pod.Scheduled is { } scheduled)
            yield return (scheduled, PodDoing.Pulling);

        // A container that crashes is pulled again; only the first time is a part of its start.
        if (pod.Pulled is { } pulled && (pod.Started is null || pulled <= pod.Started))
            yield return (pulled, PodDoing.Creating);
        if (pod.Started is { } started)
            yield return (started, PodDoing.Starting);
        var served = false;
        foreach (var sample in pod.Readiness.Where(sample => pod.Terminating is null || sample.At < pod.Terminating))
        {
            served |= sample.Ready;
            var at = pod.WasThere && sample == pod.Readiness[0] ? from : sample.At;
            if (sample.Ready)
                yield return (at, PodDoing.Ready);
            else if (served || pod.WasThere)
                yield return (at, PodDoing.NotReady);
        }

        if (pod.Terminating is { } terminating)
            yield return (terminating, PodDoing.Terminating);
    }
}
