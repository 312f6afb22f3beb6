using System.Globalization;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Pods;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Reads from a query which part of a log is wanted.</summary>
internal static class LogQuery
{
    private const string TimeLayout = "2006-01-02T15:04:05Z07:00";

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The part that is wanted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pod">The pod's name, for messages.</param>
    /// <exception cref="ApiException">400 for what cannot be read, 422 for what makes no sense.</exception>
    public static LogOptions Of(HttpRequest request, string pod)
    {
        var options = new LogOptions
        {
            Follow = ApiRequest.Flag(request, "follow"),
            Previous = ApiRequest.Flag(request, "previous"),
            Timestamps = ApiRequest.Flag(request, "timestamps"),
            TailLines = Number(request, "tailLines"),
            LimitBytes = Number(request, "limitBytes"),
            SinceSeconds = Number(request, "sinceSeconds"),
            SinceTime = Time(request, "sinceTime"),
        };
        Check(options, pod);
        return options;
    }

    private static void Check(LogOptions options, string pod)
    {
        const string Positive = "must be greater than 0";
        var errors = new FieldErrors();
        if (options.TailLines is < 0 and var lines)
            errors.Invalid("tailLines", $"{lines}", "must be greater than or equal to 0");
        if (options.LimitBytes is < 1 and var bytes)
            errors.Invalid("limitBytes", $"{bytes}", Positive);
        if (options is { SinceSeconds: not null, SinceTime: not null })
            errors.Forbidden("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified");
        else if (options.SinceSeconds is < 1 and var seconds)
            errors.Invalid("sinceSeconds", $"{seconds}", Positive);
        errors.Throw("", "PodLogOptions", pod);
    }

    private static long? Number(HttpRequest request, string name)
    {
        if (!request.Query.TryGetValue(name, out var text))
            return null;
        return long.TryParse(text[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiException.BadRequest($"strconv.ParseInt: parsing \"{text[0]}\": invalid syntax");
    }

    private static DateTimeOffset? Time(HttpRequest request, string name)
    {
        if (ApiRequest.Query(request, name) is not { } text)
            return null;
        return DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw ApiException.BadRequest($"parsing time \"{text}\" as \"{TimeLayout}\": cannot parse \"{text}\" as \"2006\"");
    }
}
