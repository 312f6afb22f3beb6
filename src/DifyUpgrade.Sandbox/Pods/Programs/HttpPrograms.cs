namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>Programs that ask over HTTP. They reach the container's own ports; there is no other network.</summary>
internal static class HttpPrograms
{
    /// <summary><c>curl</c></summary>
    public static IEnumerable<ProgramStep> Curl(ProgramContext context)
    {
        var options = new Options(context, "sSfikLv", "moHXw");
        if (Ask(context, options) is not { } asked)
            return [Write.Line("curl: (7) Failed to connect: Connection refused", toError: true), new Exit(7)];
        if (options.Has('f') && asked.StatusCode >= 400)
            return [Write.Line($"curl: (22) The requested URL returned error: {asked.StatusCode}", toError: true), new Exit(22)];
        return [new Write(System.Text.Encoding.UTF8.GetBytes(asked.Body), ToError: false)];
    }

    /// <summary><c>wget</c></summary>
    public static IEnumerable<ProgramStep> Wget(ProgramContext context)
    {
        var options = new Options(context, "qS", "OT");
        if (Ask(context, options) is not { } asked)
            return [Write.Line("wget: can't connect to remote host (127.0.0.1): Connection refused", toError: true), new Exit(1)];
        return asked.StatusCode >= 400
            ? [Write.Line($"wget: server returned error: HTTP/1.0 {asked.StatusCode} {(asked.StatusCode == 404 ? "Not Found" : "Error")}", toError: true), new Exit(1)]
            : [new Write(System.Text.Encoding.UTF8.GetBytes(asked.Body), ToError: false)];
    }

    private static HttpAnswer? Ask(ProgramContext context, Options options)
    {
        var text = options.Rest.Count > 0 ? options.Rest[^1] : "";
        return Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var address)
            && address.Host is "localhost" or "127.0.0.1" or "[::1]" or "::1"
            ? context.Get(address.Port, address.PathAndQuery)
            : null;
    }
}
