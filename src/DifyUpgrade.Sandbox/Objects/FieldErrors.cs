using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>What is wrong with an object, field by field, in the words of Go's <c>field.Error</c>.</summary>
internal sealed class FieldErrors
{
    private readonly List<(string Reason, string Field, string Text)> _errors = [];

    /// <summary>How many things are wrong so far.</summary>
    public int Count => _errors.Count;

    /// <summary>A value that has to be there is not.</summary>
    public void Required(string field, string detail = "") => Add("FieldValueRequired", field, With("Required value", detail));

    /// <summary>A value that cannot be.</summary>
    /// <param name="field">Its path.</param>
    /// <param name="value">The value as a message quotes it.</param>
    /// <param name="detail">What is wrong with it.</param>
    public void Invalid(string field, string value, string detail) => Add("FieldValueInvalid", field, With($"Invalid value: {value}", detail));

    /// <summary>A value that is none of those allowed.</summary>
    public void NotSupported(string field, JsonNode? value, params ReadOnlySpan<string> allowed) =>
        Add("FieldValueNotSupported", field, $"Unsupported value: {JsonWords.Quote(value)}: supported values: {string.Join(", ", allowed.ToArray().Select(one => $"\"{one}\""))}");

    /// <summary>A change or a field that is not allowed.</summary>
    public void Forbidden(string field, string detail) => Add("FieldValueForbidden", field, With("Forbidden", detail));

    /// <summary>A value that is there twice.</summary>
    public void Duplicate(string field, string value) => Add("FieldValueDuplicate", field, $"Duplicate value: {value}");

    /// <summary>A name that nothing has.</summary>
    public void NotFound(string field, string value) => Add("FieldValueNotFound", field, $"Not found: {value}");

    /// <summary>More bytes than allowed.</summary>
    public void TooLong(string field, long most) => Add("FieldValueTooLong", field, $"Too long: may not be more than {most} bytes");

    /// <summary>Refuses the object if anything is wrong.</summary>
    /// <exception cref="ApiException">422 with all that is wrong.</exception>
    public void Throw(ResourceType type, JsonObject body) => Throw(type.Group, type.Kind, body.Text("metadata", "name") ?? "");

    /// <summary>Refuses what has a kind but is no stored object, such as options, if anything is wrong.</summary>
    /// <exception cref="ApiException">422 with all that is wrong.</exception>
    public void Throw(string group, string kind, string name)
    {
        if (_errors.Count == 0)
            return;
        var lines = _errors.Select(error => $"{error.Field}: {error.Text}").Distinct().ToList();
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        throw new ApiException(422, "Invalid", $"{qualified} \"{name}\" is invalid: {(lines.Count == 1 ? lines[0] : $"[{string.Join(", ", lines)}]")}")
        {
            Details = Details(group, kind, name),
        };
    }

    private JsonObject Details(string group, string kind, string name)
    {
        var details = new JsonObject { ["name"] = name };
        if (group.Length > 0)
            details["group"] = group;
        details["kind"] = kind;
        details["causes"] = new JsonArray([.. _errors.Select(Cause)]);
        return details;
    }

    private static JsonObject Cause((string Reason, string Field, string Text) error) =>
        new() { ["reason"] = error.Reason, ["message"] = error.Text, ["field"] = error.Field };

    private void Add(string reason, string field, string text) => _errors.Add((reason, field, text));

    private static string With(string text, string detail) => detail.Length == 0 ? text : $"{text}: {detail}";
}
