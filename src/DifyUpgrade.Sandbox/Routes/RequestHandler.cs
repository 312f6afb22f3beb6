using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Answers every request.</summary>
internal sealed class RequestHandler(SandboxSettings settings, ObjectStore store, FaultPlan faults)
{
    private readonly ObjectOperations _operations = new(store, settings.Time);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        _ = (_operations, faults);
        context.Response.StatusCode = 404;
        await context.Response.WriteAsync("{}");
    }
}
