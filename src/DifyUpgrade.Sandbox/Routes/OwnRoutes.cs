using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>The sandbox's own routes: scripted faults, the requests that came, forgetting old versions, the end.</summary>
internal sealed class OwnRoutes(FaultPlan faults, ObjectStore store, Action? stop)
{
    /// <summary>Answers a request under <c>/sandbox</c>.</summary>
    /// <exception cref="ApiException">There is no such route.</exception>
    public async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", "/sandbox/faults"):
                await Answer.JsonAsync(context, new JsonArray([.. faults.Rules.Select(FaultJson.Write)]));
                break;
            case ("POST", "/sandbox/faults"):
                await Answer.JsonAsync(context, FaultJson.Write(faults.Add(FaultJson.Read(await RequestBody.RequiredAsync(context, "fault")))), 201);
                break;
            case ("DELETE", "/sandbox/faults"):
                await Answer.JsonAsync(context, new JsonObject { ["cleared"] = faults.Clear(ApiRequest.Query(context.Request, "id")) });
                break;
            case ("DELETE", "/sandbox/requests"):
                await Answer.JsonAsync(context, new JsonArray([.. faults.Requests.Take().Select(request => new JsonObject { ["method"] = request.Method, ["path"] = request.Path, ["agent"] = request.Agent, ["watch"] = request.IsWatch })]));
                break;
            case ("POST", "/sandbox/compact"):
                store.Compact();
                await Answer.JsonAsync(context, new JsonObject { ["resourceVersion"] = store.Version.ToString() });
                break;
            case ("POST", "/sandbox/stop") when stop is not null:
                await Answer.JsonAsync(context, Answer.Success(null));
                await context.Response.CompleteAsync();
                stop();
                break;
            default:
                throw RequestHandler.NoRoute();
        }
    }
}
