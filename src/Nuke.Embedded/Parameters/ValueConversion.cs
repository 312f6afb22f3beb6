namespace Nuke.Common.ValueInjection;

/// <summary>Makes a typed value from a text.</summary>
internal static class ValueConversion
{
    private static readonly Dictionary<Type, string> Forms = new()
    {
        [typeof(string)] = "a text",
        [typeof(int)] = "a whole number",
        [typeof(long)] = "a whole number",
        [typeof(double)] = "a number, such as 0.5",
        [typeof(bool)] = "true or false",
        [typeof(TimeSpan)] = "a duration, such as 00:04:00",
        [typeof(Guid)] = "a GUID",
        [typeof(AbsolutePath)] = "a path",
    };

    public static bool CanConvertTo(Type type) => type.IsEnum || Forms.ContainsKey(type);

    /// <summary>Says what form a type's texts have, to follow "must be".</summary>
    public static string Describe(Type type)
        => type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type)) : Forms[type];

    /// <summary>Converts a parameter's texts.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="raw">The texts.</param>
    /// <param name="wrong">The text that does not have the type's form, if there is one.</param>
    /// <returns>The value, or an array of them; null if there is none or a text is wrong.</returns>
    public static object? Convert(Parameter parameter, RawValue raw, out string? wrong)
    {
        wrong = null;
        var items = Array.CreateInstance(parameter.ElementType, raw.Texts.Count);
        for (var i = 0; i < raw.Texts.Count; i++)
        {
            if (Convert(raw.Texts[i], parameter.ElementType, raw.Folder) is not { } value)
            {
                wrong = raw.Texts[i];
                return null;
            }

            items.SetValue(value, i);
        }

        return parameter.Arity == Arity.Many ? items : items.Length > 0 ? items.GetValue(0) : null;
    }

    private static object? Convert(string text, Type type, AbsolutePath folder)
    {
        var culture = CultureInfo.InvariantCulture;
        return 0 switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var value) ? value : null,
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var value) ? value : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, culture, out var value) && double.IsFinite(value) ? value : null,
            _ when type == typeof(bool) => bool.TryParse(text, out var value) ? value : null,
            _ when type == typeof(Guid) => Guid.TryParse(text, out var value) ? value : null,
            // A bare number is refused: .NET would read 4 as four days.
            _ when type == typeof(TimeSpan) => text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, culture, out var value) ? value : null,
            _ when type == typeof(AbsolutePath) => text.Length > 0 ? AbsolutePath.Create(Path.Combine(folder, text)) : null,
            _ => Enum.GetNames(type).FirstOrDefault(name => NearestName.AreEqual(name, text)) is { } name ? Enum.Parse(type, name) : null,
        };
    }
}
