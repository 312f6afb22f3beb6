using System.Text.Json.Nodes;

namespace DifyUpgrade.Tests.Faults;

/// <summary>A way in which a call fails.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Rule">As the sandbox's script spells it.</param>
public sealed record FaultKind(string Name, string Rule)
{
    /// <summary>Every one.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("refused", """{"kind":"refused"}"""),
        new("reset", """{"kind":"reset"}"""),
        new("409", """{"kind":"status","status":409}"""),
        new("410", """{"kind":"status","status":410}"""),
        new("429", """{"kind":"status","status":429,"retryAfter":1}"""),
        new("500", """{"kind":"status","status":500}"""),
        new("503", """{"kind":"status","status":503}"""),

        // Longer than the product's limit of 30 s, as its clock goes here; helm has a clock of its own.
        new("silence", """{"kind":"slow","delaySeconds":1.5}"""),
    ];

    /// <summary>A silence that is as long for helm as for everybody else.</summary>
    public static FaultKind TrueSilence { get; } = new("30 s of silence", """{"kind":"slow","delaySeconds":30}""");

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal JsonObject On(Call call)
    {
        var rule = (JsonObject)JsonNode.Parse(Rule)!;
        rule["method"] = call.Method;
        rule["path"] = call.Path;
        rule["watch"] = call.IsWatch;
        rule["agent"] = call.Agent;
        rule["times"] = 1;
        return rule;
    }
}

/// <summary>A call that a target makes.</summary>
/// <param name="Agent">Who makes it: what the client calls itself, with * for its version.</param>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, with * for what is different in every run.</param>
/// <param name="IsWatch">Whether it watches.</param>
internal sealed record Call(string Agent, string Method, string Path, bool IsWatch)
{
    /// <summary>What helm calls itself; some of its requests carry the name of Go's client instead.</summary>
    public const string Helm = "?elm*";

    private const string Own = "dify-upgrade";

    /// <summary>Whether helm makes it: nobody else but this program is there.</summary>
    public bool IsHelm => Agent != Own;

    /// <summary>Whether it changes something.</summary>
    public bool IsWrite => Method != "GET" && !Path.EndsWith("reviews", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{(IsHelm ? "helm's " : "")}{Method} {Path}{(IsWatch ? " (watch)" : "")}";

    /// <summary>A client's name as a rule of the fault script takes it.</summary>
    public static string AgentOf(string client) => client.Split('/')[0] is Own ? Own : client.Split('/')[0] + "*";
}
