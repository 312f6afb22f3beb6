using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Which streams of a command the client wants.</summary>
internal sealed record ExecChannels(bool Input, bool Output, bool Error, bool Tty)
{
    /// <summary>Reads the query.</summary>
    /// <exception cref="ApiException">It wants none (400).</exception>
    public static ExecChannels Of(HttpRequest request)
    {
        var channels = new ExecChannels(
            ApiRequest.Flag(request, "stdin"), ApiRequest.Flag(request, "stdout"), ApiRequest.Flag(request, "stderr"), ApiRequest.Flag(request, "tty"));
        return channels.Input || channels.Output || channels.Error ? channels : throw ApiException.BadRequest("you must specify at least 1 of stdin, stdout, stderr");
    }
}
