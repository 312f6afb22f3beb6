namespace Nuke.Common.ValueInjection;

/// <summary>Reads <c>.nuke/parameters.json</c> and <c>.nuke/parameters.&lt;profile&gt;.json</c>.</summary>
internal sealed class ParameterFile(AbsolutePath root, ParameterCatalog catalog, Problems problems)
{
    private const string EncryptedPrefix = "v1:";

    private static readonly JsonDocumentOptions Tolerant = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    private AbsolutePath Folder => root / ".nuke";

    /// <summary>The profiles there are.</summary>
    public static IReadOnlyList<string> Profiles(AbsolutePath root) => !(root / ".nuke").DirectoryExists()
        ? []
        : [.. Directory.EnumerateFiles(root / ".nuke", "parameters.*.json").Select(file => Path.GetFileNameWithoutExtension(file)["parameters.".Length..]).Order()];

    /// <summary>Reads the file that all runs share; it may be missing.</summary>
    public IReadOnlyDictionary<Parameter, RawValue> ReadShared()
        => (Folder / "parameters.json").FileExists() ? Read("parameters.json") : new Dictionary<Parameter, RawValue>();

    /// <summary>Reads a profile; that there is none is a problem.</summary>
    public IReadOnlyDictionary<Parameter, RawValue> ReadProfile(string profile)
    {
        var name = $"parameters.{profile}.json";
        if ((Folder / name).FileExists())
            return Read(name);

        problems.Add(NearestName.Describe("profile", profile, Profiles(root)) + $" There is no file .nuke/{name}.");
        return new Dictionary<Parameter, RawValue>();
    }

    private Dictionary<Parameter, RawValue> Read(string name)
    {
        var values = new Dictionary<Parameter, RawValue>();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Folder / name), Tolerant);
            foreach (var property in document.RootElement.EnumerateObject().Where(property => !property.Name.StartsWith('$')))
                Read(property, ".nuke/" + name, values);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            problems.Add($".nuke/{name} is not a JSON object: {exception.Message}");
        }

        return values;
    }

    private void Read(JsonProperty property, string origin, Dictionary<Parameter, RawValue> values)
    {
        if (catalog.Find(property.Name) is not { } parameter)
        {
            var hint = catalog.FindNearest(property.Name) is { } nearest ? $" Did you mean {nearest.Name}?" : "";
            problems.Add($"Unknown parameter {property.Name} in {origin}.{hint}");
        }
        else if (!parameter.IsForFiles)
        {
            problems.Add($"{property.Name} cannot be set in {origin}.");
        }
        else if (property.Value.ValueKind != JsonValueKind.Null)
        {
            Add(parameter, property.Value, origin, values);
        }
    }

    private void Add(Parameter parameter, JsonElement value, string origin, Dictionary<Parameter, RawValue> values)
    {
        var isMany = parameter.Arity == Arity.Many;
        IReadOnlyList<JsonElement> items = isMany && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (isMany != (value.ValueKind == JsonValueKind.Array) || items.Any(item => !IsScalar(item)))
            problems.Add($"{parameter.Name} in {origin} must be {(isMany ? "a JSON array of values" : "a single value")}.");
        else if (parameter.IsSecret && items.Any(item => Text(item).StartsWith(EncryptedPrefix, StringComparison.Ordinal)))
            problems.Add($"{parameter.Name} in {origin} is encrypted, which the embedded engine does not support: give it as NUKE_{parameter.EnvironmentName}.");
        else
            values[parameter] = new RawValue([.. items.Select(Text)], $"in {origin}", root);
    }

    private static bool IsScalar(JsonElement value)
        => value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static string Text(JsonElement value)
        => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
