using System.Text;
using System.Text.Unicode;
using DifyUpgrade.Parameters;

namespace DifyUpgrade.Planning;

/// <summary>Reads the prompt files and checks what Kubernetes and Python would refuse later.</summary>
internal static class PromptFileReader
{
    /// <summary>The most that a ConfigMap may hold, in bytes over all its values.</summary>
    public const int MostBytes = 1_048_576;

    /// <summary>Reads all prompt files.</summary>
    /// <param name="parameters">Names the files.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>The files that could be read.</returns>
    public static IReadOnlyList<PromptFile> Read(DeploymentParameters parameters, ICollection<Finding> findings)
    {
        List<PromptFile> files = [.. parameters.PromptFiles
            .Select(argument => ReadOne(argument, parameters.Display(argument.Path), findings))
            .OfType<PromptFile>()];

        var total = files.Sum(file => (long)file.Content.Length);
        if (total > MostBytes && files.Count > 1)
        {
            findings.Add(Finding.Error(
                $"The prompt files are {total:N0} bytes together; a ConfigMap holds at most {MostBytes:N0}",
                "--prompt-files",
                "Shorten them, or keep some in another ConfigMap"));
        }

        return files;
    }

    private static PromptFile? ReadOne(PromptFileArgument argument, string shown, ICollection<Finding> findings)
    {
        if (Directory.Exists(argument.Path))
            return Refuse("This prompt file is a folder", "Name a file: --prompt-files prompts.py=custom-configs/prompts.py");
        if (DanglingTarget(argument.Path) is { } target)
            return Refuse($"This prompt file is a link to {target}, which does not exist", $"Point it elsewhere: ln -sfn PATH {shown}");
        if (!File.Exists(argument.Path))
            return Refuse("This prompt file does not exist", "Create it, or name another: --prompt-files " + argument.Key + "=PATH");
        if (new FileInfo(argument.Path).Length is > MostBytes and var length)
            return Refuse($"This prompt file is {length:N0} bytes; a ConfigMap holds at most {MostBytes:N0}", "Shorten it");

        byte[] content;
        try
        {
            content = File.ReadAllBytes(argument.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse("This prompt file cannot be read: " + e.Message, "Check its permissions: ls -l " + shown);
        }

        if (content.Length == 0)
            return Refuse("This prompt file is empty", "Put the prompts in, or restore it: git checkout -- " + shown);
        if (!Utf8.IsValid(content))
            return Refuse($"This prompt file is not UTF-8 (first bad byte at offset {FirstBadByte(content):N0})", $"Convert it: iconv -f LATIN1 -t UTF-8 {shown}", PlaceOf(content.AsSpan(0, FirstBadByte(content))));
        return new PromptFile(argument.Key, argument.Path, content);

        PromptFile? Refuse(string seen, string remedy, string place = "")
        {
            findings.Add(Finding.Error(seen, shown + place, remedy));
            return null;
        }
    }

    // File.Exists says yes to a link to nothing.
    private static string? DanglingTarget(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false } target ? Path.GetRelativePath(Path.GetDirectoryName(path)!, target.FullName) : null;
        }
        catch (IOException)
        {
            // Nothing is there at all, or links that lead in a circle.
            return new FileInfo(path).LinkTarget;
        }
    }

    private static int FirstBadByte(ReadOnlySpan<byte> content)
    {
        Utf8.ToUtf16(content, new char[content.Length], out var read, out _, replaceInvalidSequences: false);
        return read;
    }

    private static string PlaceOf(ReadOnlySpan<byte> before)
    {
        var text = Encoding.UTF8.GetString(before);
        return $":{text.Count(character => character == '\n') + 1}:{text[(text.LastIndexOf('\n') + 1)..].EnumerateRunes().Count() + 1}";
    }
}
