using System.Text.RegularExpressions;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The rules for names, label keys and label values, with the real server's words for breaking them.</summary>
internal static partial class Names
{
    private const string SubdomainText = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private const string LabelText = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private const string Label1035Text = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private const string QualifiedText = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private const string ValueText = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private const string ConfigKeyText = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    /// <summary>What is wrong with a name that has to be a DNS subdomain.</summary>
    /// <returns>Null where nothing is.</returns>
    public static string? SubdomainProblem(string name) => TooLong(name, 253) ?? (Subdomain().IsMatch(name) ? null : SubdomainText);

    /// <summary>What is wrong with a name that has to be a DNS label.</summary>
    public static string? LabelProblem(string name) => TooLong(name, 63) ?? (Label().IsMatch(name) ? null : LabelText);

    /// <summary>What is wrong with a name that has to be a DNS label starting with a letter.</summary>
    public static string? ServiceProblem(string name) => TooLong(name, 63) ?? (Label1035().IsMatch(name) ? null : Label1035Text);

    /// <summary>What is wrong with the key of a label or annotation.</summary>
    public static string? LabelKeyProblem(string key)
    {
        var parts = key.Split('/');
        if (parts.Length > 2)
            return "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
        if (parts.Length == 2 && SubdomainProblem(parts[0]) is { } problem)
            return "prefix part " + (parts[0].Length == 0 ? "must be non-empty" : problem);
        var name = parts[^1];
        if (name.Length == 0)
            return "name part must be non-empty";
        return name.Length > 63 ? "name part must be no more than 63 bytes" : Qualified().IsMatch(name) ? null : QualifiedText;
    }

    /// <summary>What is wrong with the value of a label.</summary>
    public static string? LabelValueProblem(string value) => TooLong(value, 63) ?? (value.Length == 0 || Qualified().IsMatch(value) ? null : ValueText);

    /// <summary>What is wrong with a key of a ConfigMap or Secret.</summary>
    public static string? ConfigKeyProblem(string key) =>
        TooLong(key, 253) ?? (key is "." or ".." ? $"must not be '{key}'" : key.StartsWith("..", StringComparison.Ordinal) ? "must not start with '..'" : ConfigKey().IsMatch(key) ? null : ConfigKeyText);

    private static string? TooLong(string text, int most) => text.Length > most ? $"must be no more than {most} bytes" : null;

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label1035();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Qualified();

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ConfigKey();
}
