namespace DifyUpgrade.Prompts;

/// <summary>Says how well the imports of the asked version are known; nothing when they are known exactly.</summary>
internal static class PromptVersionFindings
{
    /// <summary>Words the doubt.</summary>
    /// <param name="answer">The answer for the version.</param>
    /// <param name="contract">The facts it came from.</param>
    /// <returns>At most one finding.</returns>
    public static IEnumerable<Finding> For(PromptContractAnswer answer, PromptContract contract)
    {
        var where = $"Dify image tag {answer.Tag.Text}";
        var finding = answer.Knowledge switch
        {
            PromptKnowledge.NoVersion => Finding.Warning(
                $"the tag {answer.Tag.Text} names no Dify version, so what it imports from prompts.py cannot be known",
                where,
                $"set the image tag to a version, such as {contract.Latest}"),
            PromptKnowledge.OlderThanKnown => Finding.Warning(
                $"what Dify {answer.Tag.Text} imports from prompts.py is not known: the oldest version looked at is {contract.Oldest}",
                where,
                $"compare the names by hand: {ShowStockFile(answer.Tag.Text)}"),
            PromptKnowledge.NearestOlder when answer.IsSettled => Finding.Information(
                $"Dify {answer.Tag.Text} itself was not looked at; the imports of {answer.UsedVersion} were used{Because(answer)}",
                where,
                "nothing to do: the known versions around it agree"),
            PromptKnowledge.NearestOlder => Finding.Warning(
                $"Dify {answer.Tag.Text} itself was not looked at, and {Around(answer, contract)}; the imports of {answer.UsedVersion} were used{Because(answer)}",
                where,
                $"compare the names by hand: {ShowStockFile(answer.Tag.Text)}"),
            _ when answer.Tag.Note is { } note => Finding.Information(
                $"the tag {answer.Tag.Text} is taken for Dify {answer.UsedVersion}; {note}",
                where,
                "nothing to do if that is so"),
            _ => null,
        };
        return finding is null ? [] : [finding];
    }

    /// <summary>The command that shows the file an image brings along.</summary>
    /// <param name="tag">The image's tag, or a whole reference.</param>
    /// <returns>The command.</returns>
    public static string ShowStockFile(string tag)
    {
        var image = tag.Contains('/', StringComparison.Ordinal) ? tag : $"langgenius/dify-api:{tag}";
        return $"docker run --rm --entrypoint cat {image} {PromptContractCheck.PathInImage}";
    }

    private static string Around(PromptContractAnswer answer, PromptContract contract) =>
        answer.UsedVersion == contract.Latest
            ? $"it is later than {contract.Latest}, the latest that was"
            : "the known versions around it import different names";

    private static string Because(PromptContractAnswer answer) => answer.Tag.Note is { } note ? $" ({note})" : string.Empty;
}
