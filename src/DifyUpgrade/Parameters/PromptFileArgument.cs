using System.Text.RegularExpressions;

namespace DifyUpgrade.Parameters;

/// <summary>A prompt file as it was named: the ConfigMap key and the file that becomes it.</summary>
/// <param name="Key">The ConfigMap key.</param>
/// <param name="Path">The file, absolute.</param>
internal sealed partial record PromptFileArgument(string Key, string Path)
{
    /// <summary>The longest ConfigMap key that Kubernetes takes, in characters.</summary>
    public const int LongestKey = 253;

    /// <summary>Reads <c>key=path</c> or <c>path</c> (the key is then the file's name), as kubectl's <c>--from-file</c> does.</summary>
    /// <param name="argument">What was typed.</param>
    /// <param name="rootFolder">Where relative paths count from.</param>
    /// <param name="findings">Receives what is wrong with it.</param>
    /// <returns>The argument, or null when it cannot be used.</returns>
    internal static PromptFileArgument? Read(string argument, string rootFolder, ICollection<Finding> findings)
    {
        var (key, path) = argument.Split('=', 2) is [var before, var after] ? (before, after) : (System.IO.Path.GetFileName(argument), argument);
        if (path.Length == 0 || key.Length == 0)
        {
            findings.Add(Finding.Error(
                $"'{argument}' names no {(path.Length == 0 ? "file" : "key")}",
                "--prompt-files",
                "Write each as key=path, for example prompts.py=custom-configs/prompts.py"));
            return null;
        }

        if (key.Length > LongestKey || !ValidKey().IsMatch(key) || key is "." or ".." || key.StartsWith("..", StringComparison.Ordinal))
        {
            findings.Add(Finding.Error(
                $"'{key}' is not a ConfigMap key: letters, digits, '-', '_' and '.', at most {LongestKey}, not starting with '..'",
                "--prompt-files",
                $"Give the file another key: --prompt-files prompts.py={path}"));
            return null;
        }

        return new PromptFileArgument(key, System.IO.Path.GetFullPath(path, rootFolder));
    }

    [GeneratedRegex(@"\A[-._a-zA-Z0-9]+\z")]
    private static partial Regex ValidKey();
}
