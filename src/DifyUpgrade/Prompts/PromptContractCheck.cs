using DifyUpgrade.Prompts.Python;

namespace DifyUpgrade.Prompts;

/// <summary>
/// Compares a custom prompts.py with what a Dify version imports from it. A name too few crashes api, worker and beat at
/// import, so this is found out before anything is changed. The file is read, never run.
/// </summary>
public static class PromptContractCheck
{
    /// <summary>Where Dify's images keep the file; the check is meant for what is mounted over it.</summary>
    public const string PathInImage = "/app/api/core/llm_generator/prompts.py";

    /// <summary>Checks a file.</summary>
    /// <param name="fileName">The path to show in findings.</param>
    /// <param name="content">The file's bytes.</param>
    /// <param name="difyVersionTag">The tag of the langgenius/dify-api image that will import the file.</param>
    /// <returns>What was seen, gravest kinds first; empty when all is well. While Python would not compile the file, names are not compared.</returns>
    public static IReadOnlyList<Finding> Check(string fileName, ReadOnlyMemory<byte> content, string difyVersionTag)
    {
        var module = PythonNames.Read(content);
        var answer = PromptContract.Shipped.For(difyVersionTag);
        return
        [
            .. module.Problems.Select(problem => SyntaxError(fileName, problem)),
            .. module.Doubts.Select(doubt => Finding.Warning(doubt.Seen, Place(fileName, doubt.Line, doubt.Column), doubt.Remedy)),
            .. PromptVersionFindings.For(answer, PromptContract.Shipped),
            .. module.OpenEnds.Select(end => OpenEnd(fileName, end)),
            .. module.Problems.Count > 0 ? [] : new PromptNameFindings(fileName, module, answer).All(),
        ];
    }

    private static Finding SyntaxError(string fileName, PythonProblem problem) => Finding.Error(
        $"Python would not compile the file: {problem.Seen}",
        Place(fileName, problem.Line, problem.Column),
        $"{problem.Remedy}; names are compared once the file compiles");

    private static Finding OpenEnd(string fileName, PythonOpenEnd end) => Finding.Warning(
        $"{end.Text} may define names that cannot be known without running the file",
        Place(fileName, end.Line, end.Column),
        end.IsStarImport ? "import each name by itself: from … import NAME, OTHER_NAME" : "define each name by itself: NAME = …");

    private static string Place(string fileName, int line, int column) => $"{fileName}:{line}:{column}";
}
