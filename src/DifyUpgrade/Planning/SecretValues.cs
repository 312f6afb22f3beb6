using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace DifyUpgrade.Planning;

/// <summary>Decides which values of a values file are secret.</summary>
internal static partial class SecretValues
{
    /// <summary>Shorter values are too common to be taken out of text: it would hide numbers and names.</summary>
    private const int ShortestSecret = 4;

    /// <summary>Whether every value in a file counts as secret, by its name.</summary>
    /// <param name="file">The values file.</param>
    /// <returns>True for names such as values-secrets.yaml.</returns>
    public static bool IsSecretFile(string file) => Path.GetFileName(file).Contains("secret", StringComparison.OrdinalIgnoreCase);

    /// <summary>Collects the secret values below a node.</summary>
    /// <param name="node">Where to look.</param>
    /// <param name="secret">Whether the values below it are secret whatever their keys.</param>
    /// <param name="secrets">Receives them.</param>
    public static void Collect(YamlNode node, bool secret, ICollection<string> secrets)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping)
                    Collect(value, secret || NamesASecret(key) || IsSecretVariable(mapping, key), secrets);
                break;
            case YamlSequenceNode sequence:
                foreach (var item in sequence)
                    Collect(item, secret, secrets);
                break;
            case YamlScalarNode { Value: { } value } when secret && IsWorthHiding(value):
                secrets.Add(value);
                break;
        }
    }

    /// <summary>Whether a secret value is so uncommon that it can be taken out of text without hiding anything else.</summary>
    /// <param name="value">The value.</param>
    /// <returns>False for short values, small numbers, booleans and nulls.</returns>
    public static bool IsWorthHiding(string value) => value.Length >= ShortestSecret && !Plain().IsMatch(value);

    // Environment variables come as a list of name and value.
    private static bool IsSecretVariable(YamlMappingNode mapping, YamlNode key) =>
        key is YamlScalarNode { Value: "value" } && mapping.Children.TryGetValue("name", out var name) && NamesASecret(name);

    private static bool NamesASecret(YamlNode key) => key is YamlScalarNode { Value: { } name } && SecretKey().IsMatch(name) && !ObjectKey().IsMatch(name);

    [GeneratedRegex("password|passwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credential", RegexOptions.IgnoreCase)]
    private static partial Regex SecretKey();

    // Keys whose value is the name of a Secret object: existingSecret, passwordSecretName, secretKeyRef, imagePullSecrets.
    [GeneratedRegex("existing|pullsecret|secret[-_]?(key[-_]?)?(name|ref)", RegexOptions.IgnoreCase)]
    private static partial Regex ObjectKey();

    [GeneratedRegex(@"\A(true|false|null|[0-9]{1,5})\z", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();
}
