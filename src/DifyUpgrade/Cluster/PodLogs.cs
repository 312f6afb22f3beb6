using System.Text;

namespace DifyUpgrade.Cluster;

/// <summary>Reads the end of a container's log.</summary>
/// <param name="transport">The cluster.</param>
internal sealed class PodLogs(ApiTransport transport)
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Reads the last lines.</summary>
    /// <param name="container">Whose log.</param>
    /// <param name="lines">At most so many.</param>
    /// <param name="previous">The log of the process before the last restart.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The lines, redacted; null if there is no such log (pod gone, not started yet, never restarted).</returns>
    public async Task<IReadOnlyList<string>?> TailAsync(ContainerReference container, int lines, bool previous, CancellationToken cancellation)
    {
        var request = ApiRequest.Get(
            ApiPath.Core("namespaces", container.Namespace, "pods", container.Pod, "log"),
            ("container", container.Container),
            ("tailLines", $"{lines}"),
            ("limitBytes", $"{MostBytes}"),
            ("previous", previous ? "true" : null));
        try
        {
            var text = Encoding.UTF8.GetString(await transport.SendAsync(request, cancellation));
            return transport.Redactor.Redact(text).TrimEnd('\n') is { Length: > 0 } log ? log.Split('\n') : [];
        }
        catch (ClusterException none) when (none.IsMissingObject || none.StatusCode == 400)
        {
            return null;
        }
    }
}

/// <summary>Names a container.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container.</param>
internal sealed record ContainerReference(string Namespace, string Pod, string Container)
{
    /// <summary>For messages.</summary>
    /// <returns>Such as <c>pod/dify-api-0 container api</c>.</returns>
    public override string ToString() => $"pod/{Pod} container {Container}";
}
