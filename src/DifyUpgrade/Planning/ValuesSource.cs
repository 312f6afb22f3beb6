using System.Text.RegularExpressions;
using DifyUpgrade.Parameters;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DifyUpgrade.Planning;

/// <summary>
/// Fetches the values files of a run: from disk, plain or encrypted with SOPS, or in place of a file with secrets from the
/// environment variable of its name (<c>values-secrets.yaml</c>: <c>VALUES_SECRETS</c>). Plain text of secrets stays in memory
/// until helm needs it.
/// </summary>
internal sealed partial class ValuesSource : IDisposable
{
    private readonly string _rootFolder;
    private readonly SopsProgram _sops;
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _decrypted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
    private SecretFolder? _folder;

    /// <summary>Takes what the environment has for the values files, out of the environment: programs that are started must not inherit it.</summary>
    /// <param name="inputs">Names the files.</param>
    /// <param name="time">Measures how long sops may take.</param>
    public ValuesSource(DeploymentInputs inputs, TimeProvider time)
    {
        _rootFolder = inputs.RootFolder;
        _sops = new SopsProgram(time);
        SecretFolder.DeleteLeftovers(_rootFolder);
        foreach (var name in inputs.ValuesFiles.Where(SecretValues.IsSecretFile).Select(VariableOf))
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } text)
                _variables[name] = text;
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    /// <summary>The variable whose value stands in for a file with secrets.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Such as <c>VALUES_SECRETS</c>.</returns>
    public static string VariableOf(string file) => NoLetter().Replace(Path.GetFileNameWithoutExtension(file), "_").ToUpperInvariant();

    /// <summary>Whether a file comes from the environment.</summary>
    /// <param name="file">The file.</param>
    public bool IsInEnvironment(string file) => SecretValues.IsSecretFile(file) && _variables.ContainsKey(VariableOf(file));

    /// <summary>Fetches all values files.</summary>
    /// <param name="parameters">Names them.</param>
    /// <param name="findings">Receives what is wrong with them.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Those that could be fetched, in their order.</returns>
    public async Task<IReadOnlyList<ValuesFile>> FetchAsync(DeploymentParameters parameters, ICollection<Finding> findings, CancellationToken cancellation)
    {
        List<ValuesFile> files = [];
        foreach (var named in parameters.ValuesFiles)
        {
            if (await FetchAsync(named, parameters.Display(named), findings, cancellation) is { } file)
                files.Add(file);
        }

        return files;
    }

    /// <summary>A path that helm can read a values file at.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Where it was named, or a file that is deleted in the end.</returns>
    public string PathOf(ValuesFile file)
    {
        if (file.IsOnDisk)
            return file.Named;
        if (!_written.TryGetValue(file.Named, out var path))
            _written[file.Named] = path = (_folder ??= SecretFolder.In(_rootFolder)).Write(Path.GetFileName(file.Named), file.Text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder?.Dispose();
        _folder = null;
        _written.Clear();
    }

    private async Task<ValuesFile?> FetchAsync(string named, string shown, ICollection<Finding> findings, CancellationToken cancellation)
    {
        var secret = SecretValues.IsSecretFile(named);
        var fromEnvironment = IsInEnvironment(named);
        var text = fromEnvironment ? _variables[VariableOf(named)] : ReadFile(named, shown, secret, findings);
        if (fromEnvironment)
            shown = VariableOf(named);
        if (text is null || !IsEncrypted(text))
            return text is null ? null : new ValuesFile(named, shown, text, secret, !fromEnvironment);

        if (!_decrypted.TryGetValue(named, out var plain))
        {
            var path = fromEnvironment ? (_folder ??= SecretFolder.In(_rootFolder)).Write(Path.GetFileName(named), text) : named;
            if (await _sops.DecryptAsync(path, shown, findings, cancellation) is not { } decrypted)
                return null;
            _decrypted[named] = plain = decrypted;
        }

        return new ValuesFile(named, shown, plain, IsSecret: true, IsOnDisk: false);
    }

    private static string? ReadFile(string file, string shown, bool secret, ICollection<Finding> findings)
    {
        try
        {
            if (File.Exists(file))
                return File.ReadAllText(file);
            var seen = Directory.Exists(file) ? "This values file is a folder" : "This values file does not exist";
            findings.Add(Finding.Error(seen, shown, RemedyForMissing(file, shown) + (secret ? $"\nin CI: put its content into the environment variable {VariableOf(file)}" : "")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Add(Finding.Error("This values file cannot be read: " + e.Message, shown, "Check its permissions: ls -l " + shown));
        }

        return null;
    }

    // sops adds a mapping of that name, with the code that authenticates the rest.
    private static bool IsEncrypted(string text)
    {
        if (!text.Contains("sops", StringComparison.Ordinal))
            return false;
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents is [{ RootNode: YamlMappingNode values }, ..]
                && values.Children.TryGetValue("sops", out var sops)
                && sops is YamlMappingNode { Children: var about }
                && about.ContainsKey("mac");
        }
        catch (YamlException)
        {
            return false;
        }
    }

    private static string RemedyForMissing(string file, string shown)
    {
        var example = Path.ChangeExtension(file, ".example.yaml");
        return File.Exists(example)
            ? $"cp {Path.ChangeExtension(shown, ".example.yaml")} {shown}   and fill it in"
            : "Create it, or name others: --values-files values-dify.yaml values-secrets.yaml values-dify-prod.yaml";
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoLetter();
}
