namespace DifyUpgrade.Planning;

/// <summary>
/// The kubeconfig of a CI server, which keeps it as a secret: its text comes in by a variable, and stands in a file that only this
/// user can read for as long as the process lives.
/// </summary>
public static class KubeconfigVariable
{
    private const string Name = "KUBECONFIG_CONTENT";

    // The process's own: it is deleted when that ends.
    private static SecretFolder? _folder;

    /// <summary>Takes the text out of the environment, so that programs that are started do not inherit it.</summary>
    /// <param name="named">The kubeconfig that was named; it wins.</param>
    /// <param name="rootFolder">The repository root.</param>
    /// <returns>The file to use; null where nothing was named and the variable is not set.</returns>
    public static string? FileOr(string? named, string rootFolder)
    {
        var text = Environment.GetEnvironmentVariable(Name);
        Environment.SetEnvironmentVariable(Name, null);
        if (!string.IsNullOrEmpty(named) || string.IsNullOrWhiteSpace(text))
            return named;
        _folder = SecretFolder.In(rootFolder);
        return _folder.Write("kubeconfig", text);
    }
}
