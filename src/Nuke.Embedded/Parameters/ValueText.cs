namespace Nuke.Common.ValueInjection;

/// <summary>Shows a parameter's value as one would type it.</summary>
internal static class ValueText
{
    public static string Of(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        string text => text,
        AbsolutePath path => Path.GetRelativePath(NukeBuild.RootDirectory, path),
        IEnumerable items => string.Join(' ', items.Cast<object?>().Select(Of)),
        _ => $"{value}",
    };
}
