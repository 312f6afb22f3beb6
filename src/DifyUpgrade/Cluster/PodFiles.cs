using System.Text;

namespace DifyUpgrade.Cluster;

/// <summary>
/// Reads files in a container with one exec and nothing but <c>cat</c>: no shell, no tar, no sha256sum is needed in
/// the image, and the hash is taken here, from the bytes that the process in the container really sees.
/// </summary>
/// <param name="transport">The cluster.</param>
/// <param name="pods">Tells whether a pod is still there when an exec fails.</param>
internal sealed class PodFiles(ApiTransport transport, Pods pods)
{
    private const string Separator = "/proc/sys/kernel/random/boot_id";
    private const string Mounts = "/proc/self/mountinfo";

    /// <summary>Reads the files.</summary>
    /// <param name="request">Which files, where.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The files, or why the container could not be asked, or that the pod is gone.</returns>
    /// <exception cref="ClusterException">The API server itself cannot be reached or does not accept the credentials.</exception>
    public async Task<PodFilesResult> ReadAsync(PodFilesRequest request, CancellationToken cancellation)
    {
        // An answer that broke off says nothing about the files, and reading them again does no harm.
        var result = await ReadOnceAsync(request, cancellation);
        return result is PodFilesNotChecked { Reason: NotCheckedReason.Interrupted } ? await ReadOnceAsync(request, cancellation) : result;
    }

    private async Task<PodFilesResult> ReadOnceAsync(PodFilesRequest request, CancellationToken cancellation)
    {
        var paths = request.Paths.Select(path => path.StartsWith('/') ? path : $"/{path}").ToList();

        // Segment 0 lies before the first separator; then come the files, and the mounts last.
        using var segments = new SegmentDigests(number => number == paths.Count + 1 || (request.KeepContent && number > 0));
        using var output = new ExecOutput();
        var splitter = new SegmentSplitter(segments);
        try
        {
            using var socket = await ExecSocket.OpenAsync(transport, request.Container, CommandFor(paths), cancellation);
            await output.ReadAsync(socket, chunk => splitter.Feed(chunk.Span), transport.Time, cancellation);
        }
        catch (ClusterException refused) when (ExecVerdict.OfRefusal(refused) is { } verdict)
        {
            return await ConfirmAsync(verdict, request, cancellation);
        }

        if (ExecVerdict.OfEnd(output, splitter, paths.Count + 2, transport.Redactor) is { } failed)
            return await ConfirmAsync(failed, request, cancellation);

        // An exec names no uid. A pod that still has this uid afterwards had it during the exec.
        return (request.LookAgain ? await LeaverAsync(request, cancellation) : null) ?? Describe(request, paths, segments.Finished, output);
    }

    private static IReadOnlyList<string> CommandFor(IEnumerable<string> paths) =>
        ["cat", Separator, .. paths.SelectMany(path => new[] { path, Separator }), Mounts, Separator];

    private PodFilesResult Describe(
        PodFilesRequest request, List<string> paths, IReadOnlyList<SegmentDigest> segments, ExecOutput output)
    {
        var files = segments.Skip(1).Take(paths.Count).ToList();
        var complaints = output.Status?.ProcessExitCode == 0 ? null : CatComplaints.Sort(output.Stderr, paths, [.. files.Select(file => file.Length == 0)]);
        if (complaints?.HasUnexplained == true)
        {
            var said = OneLine.Of($"cat ended with {output.Status?.ProcessExitCode} and said: {output.Stderr}", transport.Redactor);
            return new PodFilesNotChecked(NotCheckedReason.Ambiguous, said);
        }

        var mounts = MountTable.Parse(Encoding.UTF8.GetString(segments[^1].Content ?? []));
        return new PodFilesRead(
            [.. files.Select((file, index) => Describe(request, index, file, complaints) with { Mount = mounts?.Find(paths[index]) })]);
    }

    private PodFile Describe(PodFilesRequest request, int index, SegmentDigest file, CatComplaints? complaints)
    {
        var (state, detail) = complaints?.Of(index) ?? (PodFileState.Read, null);
        var read = state == PodFileState.Read;
        return new()
        {
            Path = request.Paths[index],
            State = state,
            Detail = detail is null ? null : OneLine.Of(detail, transport.Redactor),
            Length = read ? file.Length : 0,
            Sha256 = read ? file.Sha256 : null,
            Content = read && file.Content is { } bytes ? new ReadOnlyMemory<byte>(bytes) : null,
        };
    }

    // An exec fails the same way whether the container crashed or the pod was replaced: the pod itself tells which.
    private async Task<PodFilesResult> ConfirmAsync(PodFilesNotChecked verdict, PodFilesRequest request, CancellationToken cancellation)
    {
        if (verdict.Reason is NotCheckedReason.ExecForbidden or NotCheckedReason.NoCat or NotCheckedReason.NoSeparator or NotCheckedReason.Ambiguous)
            return verdict;
        var pod = await pods.ReadAsync(request.Container.Namespace, request.Container.Pod, cancellation);
        if (GoneOf(pod, request) is { } gone)
            return gone;
        if (pod!.Phase is "Succeeded" or "Failed")
            return new PodFilesNotChecked(NotCheckedReason.ContainerNotRunning, $"pod/{pod.Name} has ended: {pod.Phase} {pod.Reason}".TrimEnd());
        var container = pod.Containers.FirstOrDefault(container => container.Name == request.Container.Container);
        return container is null ? verdict with { Reason = NotCheckedReason.NoSuchContainer }
            : container.State == ContainerPhase.Running ? verdict
            : new PodFilesNotChecked(NotCheckedReason.ContainerNotRunning, $"{container.State}: {container.Reason} {container.Message}".TrimEnd(' ', ':'));
    }

    private async Task<PodGone?> LeaverAsync(PodFilesRequest request, CancellationToken cancellation) => request.PodUid is null
        ? null
        : GoneOf(await pods.ReadAsync(request.Container.Namespace, request.Container.Pod, cancellation), request);

    private static PodGone? GoneOf(PodState? pod, PodFilesRequest request)
    {
        if (pod is null)
            return new($"pod/{request.Container.Pod} is no longer there");
        if (request.PodUid is not null && pod.Uid != request.PodUid)
            return new($"pod/{pod.Name} was replaced by another of the same name");
        return pod.Terminating ? new($"pod/{pod.Name} is terminating") : null;
    }
}
