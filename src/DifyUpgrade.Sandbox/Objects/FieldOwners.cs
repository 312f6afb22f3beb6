using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>One entry of <c>metadata.managedFields</c>.</summary>
/// <param name="Manager">Who.</param>
/// <param name="Operation"><c>Apply</c> or <c>Update</c>.</param>
/// <param name="ApiVersion">The version it wrote in.</param>
/// <param name="Subresource">The subresource it wrote to; empty for the object itself.</param>
internal sealed record FieldManager(string Manager, string Operation, string ApiVersion, string Subresource)
{
    /// <summary>The fields it owns.</summary>
    public FieldSet Fields { get; init; } = FieldSet.Empty;

    /// <summary>When it last took or changed any.</summary>
    public string? Time { get; init; }

    /// <summary>The same writer: name, operation, subresource, and for updates the version.</summary>
    public bool Is(FieldManager other) =>
        Manager == other.Manager && Operation == other.Operation && Subresource == other.Subresource && (Operation == "Apply" || ApiVersion == other.ApiVersion);

    /// <summary>As a conflict names it.</summary>
    public string InWords()
    {
        var name = JsonWords.Quote(Manager) + (Subresource.Length == 0 ? "" : $" with subresource {JsonWords.Quote(Subresource)}");
        return Operation == "Update" ? $"{name} using {ApiVersion}" : name;
    }
}

/// <summary>The owners of an object's fields.</summary>
internal sealed class FieldOwners
{
    private const int MostUpdaters = 10;

    private readonly List<FieldManager> _managers;

    private FieldOwners(IEnumerable<FieldManager> managers) => _managers = [.. managers];

    /// <summary>Whether nobody owns anything.</summary>
    public bool IsEmpty => _managers.Count == 0;

    /// <summary>All of them.</summary>
    public IReadOnlyList<FieldManager> All => _managers;

    /// <summary>Nobody.</summary>
    public static FieldOwners None => new([]);

    /// <summary>What all of them own together.</summary>
    public FieldSet Claimed => _managers.Aggregate(FieldSet.Empty, (sum, manager) => sum.Union(manager.Fields));

    /// <summary>Reads an object's <c>metadata.managedFields</c>.</summary>
    /// <returns>Null where it cannot be read.</returns>
    public static FieldOwners? Read(JsonObject? body)
    {
        var entries = body.Items("metadata", "managedFields").ToList();
        var isReadable = entries.All(entry => entry.Text("operation") is "Apply" or "Update" && entry.Text("apiVersion") is { Length: > 0 } && entry.Text("fieldsType") == "FieldsV1");
        return isReadable ? new(entries.Select(ReadEntry)) : null;
    }

    /// <summary>The entry of a writer.</summary>
    /// <returns>Null where it owns nothing.</returns>
    public FieldManager? Find(FieldManager writer) => _managers.Find(writer.Is);

    /// <summary>Gives a writer's entry other fields; without any it goes.</summary>
    public void Set(FieldManager writer)
    {
        _managers.RemoveAll(writer.Is);
        if (!writer.Fields.IsEmpty)
            _managers.Add(writer);
    }

    /// <summary>Takes fields from everybody but one.</summary>
    public void Take(FieldSet taken, FieldManager? but)
    {
        foreach (var manager in _managers.Where(manager => but?.Is(manager) != true).ToList())
            Set(manager with { Fields = manager.Fields.Difference(taken) });
    }

    /// <summary>Puts the oldest updates of a version together, so that no object collects writers for ever.</summary>
    public void Cap()
    {
        var updaters = _managers.Where(manager => manager.Operation == "Update").OrderBy(manager => manager.Time, StringComparer.Ordinal).ToList();
        var extra = updaters.Count - MostUpdaters;
        if (extra <= 0)
            return;
        foreach (var group in updaters.Take(extra + 1).GroupBy(manager => manager.ApiVersion))
        {
            var merged = group.Aggregate((sum, next) => next with { Fields = sum.Fields.Union(next.Fields) });
            group.ToList().ForEach(manager => _managers.Remove(manager));
            Set(group.Count() == 1 ? merged : merged with { Manager = "ancient-changes", Subresource = "" });
        }
    }

    /// <summary>Writes them to an object: applied before updated, older before newer.</summary>
    public void Write(JsonObject body)
    {
        var entries = _managers.OrderBy(manager => manager.Operation, StringComparer.Ordinal).ThenBy(manager => manager.Time, StringComparer.Ordinal)
            .ThenBy(manager => manager.Manager, StringComparer.Ordinal).ThenBy(manager => manager.ApiVersion, StringComparer.Ordinal)
            .ThenBy(manager => manager.Subresource, StringComparer.Ordinal).Select(WriteEntry).ToArray<JsonNode?>();
        if (entries.Length == 0)
            body.Child("metadata").Remove("managedFields");
        else
            body.Child("metadata")["managedFields"] = new JsonArray(entries);
    }

    private static FieldManager ReadEntry(JsonObject entry) =>
        new(entry.Text("manager") ?? "", entry.Text("operation")!, entry.Text("apiVersion")!, entry.Text("subresource") ?? "")
        {
            Fields = FieldSet.Read(entry["fieldsV1"]),
            Time = entry.Text("time"),
        };

    private static JsonObject WriteEntry(FieldManager manager)
    {
        var entry = new JsonObject { ["manager"] = manager.Manager, ["operation"] = manager.Operation, ["apiVersion"] = manager.ApiVersion };
        if (manager.Time is { } time)
            entry["time"] = time;
        entry["fieldsType"] = "FieldsV1";
        entry["fieldsV1"] = manager.Fields.Write();
        if (manager.Subresource.Length > 0)
            entry["subresource"] = manager.Subresource;
        return entry;
    }
}
