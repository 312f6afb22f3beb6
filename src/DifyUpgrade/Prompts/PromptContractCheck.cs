using DifyUpgrade.Prompts.Python;

namespace DifyUpgrade.Prompts;

/// <summary>
/// Compares a custom prompts.py with what a Dify version imports from it. A name too few crashes api, worker and beat at
/// import, so this is found out before anything is changed. The file is read, never run.
/// </summary>
internal static class PromptContractCheck
{
    /// <summary>Where Dify's images keep the file; the check is meant for what is mounted over it.</summary>
    public const string PathInImage = "/app/api/core/llm_generator/prompts.py";

    /// <summary>Checks a file by the list of names that this program brings along.</summary>
    /// <param name="fileName">The path to show in findings.</param>
    /// <param name="content">The file's bytes.</param>
    /// <param name="difyVersionTag">The tag of the langgenius/dify-api image that will import the file.</param>
    /// <returns>What was seen, gravest kinds first; empty when all is well. While Python would not compile the file, names are not compared.</returns>
    public static IReadOnlyList<Finding> Check(string fileName, ReadOnlyMemory<byte> content, string difyVersionTag)
    {
        var module = PythonNames.Read(content);
        return [.. PythonFindings.Of(fileName, module, null), .. Against(fileName, module, PromptContract.Shipped.For(difyVersionTag))];
    }

    /// <summary>Holds a file against what one version imports.</summary>
    /// <param name="fileName">The path to show in findings.</param>
    /// <param name="module">What the file defines.</param>
    /// <param name="answer">What the version imports.</param>
    /// <returns>What was seen.</returns>
    public static IEnumerable<Finding> Against(string fileName, PythonModule module, PromptContractAnswer answer) =>
    [
        .. PromptVersionFindings.For(answer, PromptContract.Shipped),
        .. module.OpenEnds.Select(end => OpenEnd(fileName, end)),
        .. module.Problems.Count > 0 ? [] : new PromptNameFindings(fileName, module, answer).All(),
        .. module.Problems.Count > 0 ? [] : new PromptFieldFindings(fileName, module, answer).All(),
    ];

    private static Finding OpenEnd(string fileName, PythonOpenEnd end) => Finding.Warning(
        $"{end.Text} may define names that cannot be known without running the file",
        $"{fileName}:{end.Line}:{end.Column}",
        end.IsStarImport ? "import each name by itself: from … import NAME, OTHER_NAME" : "define each name by itself: NAME = …");
}
