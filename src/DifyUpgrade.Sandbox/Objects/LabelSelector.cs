using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Picks objects by their labels.</summary>
internal sealed class LabelSelector
{
    private readonly IReadOnlyList<LabelRequirement> _requirements;
    private readonly bool _nothing;

    private LabelSelector(IReadOnlyList<LabelRequirement> requirements, bool nothing = false)
    {
        _requirements = requirements;
        _nothing = nothing;
    }

    /// <summary>Whether every object matches.</summary>
    public bool IsEverything => !_nothing && _requirements.Count == 0;

    /// <summary>Reads the text form: <c>app=api,tier!=db,env in (a,b),!old</c>.</summary>
    /// <exception cref="ApiException">400: it cannot be read.</exception>
    public static LabelSelector Parse(string text) => new(LabelSelectorReader.Read(text));

    /// <summary>Reads a <c>LabelSelector</c> object, or a plain map as Services have it.</summary>
    /// <param name="selector">Null matches nothing, an empty one everything, as in Go.</param>
    public static LabelSelector Of(JsonNode? selector)
    {
        if (selector is not JsonObject fields)
            return new([], nothing: true);
        if (fields["matchLabels"] is not JsonObject && fields["matchExpressions"] is not JsonArray)
            return new(Equalities(fields));
        var expressions = fields.Items("matchExpressions").Select(item => new LabelRequirement(
            item.Text("key") ?? "",
            Enum.TryParse<LabelOperator>(item.Text("operator"), out var how) ? how : throw ApiException.BadRequest($"\"{item.Text("operator")}\" is not a valid label selector operator"),
            [.. (item["values"] as JsonArray ?? []).Select(value => value?.ToString() ?? "")]));
        return new([.. Equalities(fields["matchLabels"] as JsonObject ?? []), .. expressions]);
    }

    /// <summary>Whether an object has labels as wanted.</summary>
    public bool Matches(JsonObject body) => MatchesLabels(body.At("metadata", "labels") as JsonObject);

    /// <summary>Whether labels are as wanted.</summary>
    public bool MatchesLabels(JsonObject? labels)
    {
        if (_nothing)
            return false;
        foreach (var requirement in _requirements)
        {
            if (!requirement.Matches(labels.Text(requirement.Key)))
                return false;
        }

        return true;
    }

    private static List<LabelRequirement> Equalities(JsonObject labels) =>
        [.. labels.Where(label => label.Value is JsonValue).Select(label => new LabelRequirement(label.Key, LabelOperator.In, [label.Value!.ToString()]))];
}

/// <summary>How a requirement compares.</summary>
internal enum LabelOperator
{
    /// <summary>The value is one of those.</summary>
    In,

    /// <summary>It is none of those, or missing.</summary>
    NotIn,

    /// <summary>The key is there.</summary>
    Exists,

    /// <summary>The key is not there.</summary>
    DoesNotExist,

    /// <summary>The value is a greater number.</summary>
    Gt,

    /// <summary>The value is a smaller number.</summary>
    Lt,
}

/// <summary>One condition of a label selector.</summary>
/// <param name="Key">The label.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Values">What it is compared with.</param>
internal sealed record LabelRequirement(string Key, LabelOperator Operator, IReadOnlyList<string> Values)
{
    /// <summary>Whether a label's value, null where it is missing, is as wanted.</summary>
    public bool Matches(string? value) => Operator switch
    {
        LabelOperator.In => value is not null && Values.Contains(value),
        LabelOperator.NotIn => value is null || !Values.Contains(value),
        LabelOperator.Exists => value is not null,
        LabelOperator.DoesNotExist => value is null,
        LabelOperator.Gt => long.TryParse(value, out var number) && number > long.Parse(Values[0]),
        _ => long.TryParse(value, out var number) && number < long.Parse(Values[0]),
    };
}
