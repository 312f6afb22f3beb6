using DifyUpgrade.Sandbox.Access;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Answers every request: who, may they, what goes wrong, what is asked. No request ends the process.</summary>
internal sealed class RequestHandler(Authentication authentication, Authorizer authorizer, RequestFaults requestFaults, OwnRoutes own, ResourceRoutes resources)
{
    private readonly Reviews _reviews = new(authorizer, authentication.Owner);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (IsOwn(context.Request) || await requestFaults.PassAsync(context))
                await AnswerAsync(context);
        }
        catch (ApiException refusal) when (!context.Response.HasStarted)
        {
            await Answer.StatusAsync(context, refusal);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the server stops.
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Answer.StatusAsync(context, new ApiException(bad.StatusCode, "BadRequest", bad.Message));
        }
        catch (Exception surprise) when (!context.Response.HasStarted)
        {
            await Answer.StatusAsync(context, new ApiException(500, "InternalError", $"Internal error occurred: {surprise.GetType().Name}: {surprise.Message}"));
        }
#pragma warning disable CA1031 // No request ends the process; one that has half an answer already loses its connection.
        catch
#pragma warning restore CA1031
        {
            context.Abort();
        }
    }

    /// <summary>That a path leads nowhere.</summary>
    public static ApiException NoRoute() => new(404, "NotFound", "the server could not find the requested resource") { Details = [] };

    private static bool IsOwn(HttpRequest request) => request.Path.StartsWithSegments("/sandbox", StringComparison.Ordinal);

    private Task AnswerAsync(HttpContext context)
    {
        var user = authentication.UserOf(context.Request);
        if (ApiRequest.Of(context.Request) is { } target)
        {
            authorizer.Check(user, AccessOf(context.Request, target));
            return target.Type is null ? ReviewAsync(context, target, user) : resources.AnswerAsync(context, target);
        }

        var verb = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? "get" : context.Request.Method.ToLowerInvariant();
        authorizer.Check(user, new AccessRequest(verb) { Path = context.Request.Path });
        if (IsOwn(context.Request))
            return own.AnswerAsync(context);
        return (verb == "get" ? DiscoveryRoutes.Find(context) : null) ?? throw NoRoute();
    }

    // A list of one by its name is a request for that one, as far as rights go.
    private static AccessRequest AccessOf(HttpRequest request, ApiRequest target) =>
        target.Access is { Name.Length: 0, Verb: "list" or "watch" or "deletecollection" } access && Selection.NameOf(ApiRequest.Query(request, "fieldSelector")) is { } name
            ? access with { Name = name }
            : target.Access;

    private async Task ReviewAsync(HttpContext context, ApiRequest target, User user)
    {
        if (target.Verb != "create")
            throw ResourceRoutes.NotAllowed();
        var body = await RequestBody.RequiredAsync(context, target.Resource);
        await Answer.JsonAsync(context, _reviews.Answer(target.Resource, user, body), 201);
    }
}
