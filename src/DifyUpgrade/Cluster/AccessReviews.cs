using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Cluster;

/// <summary>Asks the API server beforehand whether rights are there.</summary>
/// <param name="transport">The cluster.</param>
internal sealed class AccessReviews(ApiTransport transport)
{
    private const int AtATime = 8;

    /// <summary>Checks rights.</summary>
    /// <param name="needs">What is needed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What is denied, in the order asked.</returns>
    public async Task<IReadOnlyList<AccessDenial>> CheckAsync(IReadOnlyList<AccessNeed> needs, CancellationToken cancellation)
    {
        var denials = new AccessDenial?[needs.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation };
        await Parallel.ForAsync(0, needs.Count, options, async (index, token) =>
            denials[index] = await ReviewAsync(needs[index], token));
        return [.. denials.OfType<AccessDenial>()];
    }

    private async Task<AccessDenial?> ReviewAsync(AccessNeed need, CancellationToken cancellation)
    {
        var attributes = new JsonObject
        {
            ["namespace"] = need.Namespace,
            ["verb"] = need.Verb,
            ["group"] = need.Group,
            ["resource"] = need.Resource,
            ["subresource"] = need.Subresource,
            ["name"] = need.Name,
        };
        var request = new ApiRequest
        {
            Method = HttpMethod.Post,
            Path = ApiPath.Join("apis", "authorization.k8s.io", "v1", "selfsubjectaccessreviews"),
            Repeatable = true,
            Body = ApiJson.Write(new JsonObject
            {
                ["apiVersion"] = "authorization.k8s.io/v1",
                ["kind"] = "SelfSubjectAccessReview",
                ["spec"] = new JsonObject { ["resourceAttributes"] = attributes },
            }),
        };
        var answer = await transport.ReadAsync<JsonElement>(request, cancellation);
        if (!answer.TryGetProperty("status", out var status) || !status.TryGetProperty("allowed", out var allowed))
            throw transport.Failures.Unintelligible(request, "it has no status.allowed");
        if (allowed.GetBoolean())
            return null;
        var reason = status.TryGetProperty("reason", out var text) ? text.GetString() : null;
        return new(need, string.IsNullOrEmpty(reason) ? null : OneLine.Of(reason, transport.Redactor));
    }
}

/// <summary>A right that a run needs, in RBAC's words.</summary>
/// <param name="Verb">Such as <c>list</c>.</param>
/// <param name="Group">The API group; empty for core.</param>
/// <param name="Resource">Such as <c>pods</c>.</param>
/// <param name="Subresource">Such as <c>exec</c>.</param>
/// <param name="Name">Only this object; null for any.</param>
internal sealed record AccessNeed(string Verb, string Group, string Resource, string? Subresource = null, string? Name = null)
{
    /// <summary>The namespace; empty for the whole cluster.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>For messages.</summary>
    /// <returns>Such as <c>get pods/exec</c>.</returns>
    public override string ToString() => Subresource is null ? $"{Verb} {Resource}" : $"{Verb} {Resource}/{Subresource}";
}

/// <summary>A right that is not there.</summary>
/// <param name="Need">The right.</param>
/// <param name="Reason">What the server says about it, if anything.</param>
internal sealed record AccessDenial(AccessNeed Need, string? Reason);
