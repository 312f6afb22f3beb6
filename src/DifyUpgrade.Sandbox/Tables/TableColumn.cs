using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Tables;

/// <summary>A column of the table that kubectl prints for a kind.</summary>
/// <param name="Name">Its head, as the real server spells it.</param>
/// <param name="Cell">What it shows of an object at a moment: text, number, or null for nothing.</param>
internal sealed record TableColumn(string Name, Func<JsonObject, DateTimeOffset, JsonNode?> Cell)
{
    /// <summary><c>string</c>, <c>integer</c>, <c>boolean</c> or <c>date</c>.</summary>
    public string Type { get; init; } = "string";

    /// <summary>Whether it is shown only with <c>-o wide</c>.</summary>
    public bool IsWide { get; init; }

    /// <summary>The object's name.</summary>
    public static TableColumn ObjectName { get; } = new("Name", (item, _) => item.Text("metadata", "name"));

    /// <summary>How long ago the object was created.</summary>
    public static TableColumn Age { get; } = new("Age", (item, now) => Ago.Of(item.Text("metadata", "creationTimestamp"), now));

    /// <summary>When the object was created.</summary>
    public static TableColumn CreatedAt { get; } = new("Created At", (item, _) => item.Text("metadata", "creationTimestamp")) { Type = "date" };

    /// <summary>A text of the object.</summary>
    public static TableColumn Text(string name, Func<JsonObject, string?> cell) => new(name, (item, _) => cell(item));

    /// <summary>The text at a path; where there is none, what kubectl prints instead.</summary>
    public static TableColumn At(string name, string missing, params string[] path) => new(name, (item, _) => item.At(path) is { } value ? value.ToString() : missing);

    /// <summary>The number at a path; zero where there is none.</summary>
    public static TableColumn Count(string name, params string[] path) => new(name, (item, _) => item.Number(path) ?? 0) { Type = "integer" };

    /// <summary>A text shown only with <c>-o wide</c>.</summary>
    public static TableColumn Wide(string name, Func<JsonObject, string?> cell) => Text(name, cell) with { IsWide = true };

    /// <summary>Its line in <c>columnDefinitions</c>.</summary>
    public JsonObject Definition() => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Name == "Name" ? "name" : "",
        ["description"] = "",
        ["priority"] = IsWide ? 1 : 0,
    };
}
