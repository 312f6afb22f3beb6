using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DifyUpgrade.Sandbox.Objects;

namespace DifyUpgrade.Sandbox;

/// <summary>
/// Holds what is applied against its schema. Server-side apply does so by itself, whatever the field validation, in words
/// of its own, and with a code that calls it a fault of the server.
/// </summary>
internal static partial class AppliedFields
{
    /// <summary>Checks a body.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="home">The namespace; empty for a kind without one.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="body">What is applied.</param>
    /// <exception cref="ApiException">500: a field is none of the kind's, or holds what it cannot hold.</exception>
    public static void Check(ResourceType type, string home, string name, JsonObject body)
    {
        var place = $"({(home.Length > 0 ? $"{home}/{name}" : $"/{name}")}; {type.ApiVersion}, Kind={type.Kind})";
        if (Problems(type, body).ToList() is { Count: > 0 } problems)
            throw new ApiException(500, "", $"failed to create typed patch object {place}: {(problems.Count == 1 ? problems[0] : "errors:\n  " + string.Join("\n  ", problems))}");
    }

    private static IEnumerable<string> Problems(ResourceType type, JsonObject body)
    {
        try
        {
            return FieldCheck.Unknown(type, body).Select(unknown => $".{unknown.Split('"')[1]}: field not declared in schema");
        }
        catch (ApiException refusal) when (Misfit().Match(refusal.Message) is { Success: true } misfit)
        {
            return [$".{misfit.Groups["path"].Value}: expected {Expected(misfit.Groups["type"].Value)}, got *value.valueUnstructured"];
        }
    }

    private static string Expected(string type) => type switch
    {
        "string" => "string",
        "bool" => "boolean",
        _ when type.StartsWith("int", StringComparison.Ordinal) || type == "float64" => "numeric (int or float)",
        _ when type.StartsWith("[]", StringComparison.Ordinal) => "list",
        _ => "map",
    };

    [GeneratedRegex(@"into Go struct field \w+\.(?<path>.+) of type (?<type>\S+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Misfit();
}
