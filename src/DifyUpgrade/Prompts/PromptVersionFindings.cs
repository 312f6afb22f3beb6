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
        return answer.Knowledge switch
        {
            PromptKnowledge.NoVersion => [NoVersion(answer, contract, where)],
            PromptKnowledge.OlderThanKnown => [OlderThanKnown(answer, contract, where)],
            PromptKnowledge.NearestOlder => [NearestOlder(answer, contract, where)],
            PromptKnowledge.Image => [],
            _ when answer.Tag.Note is { } note =>
            [
                Finding.Information($"the tag {answer.Tag.Text} is taken for Dify {answer.UsedVersion}; {note}", where, "nothing to do if that is so"),
            ],
            _ => [],
        };
    }

    /// <summary>The command that shows the file an image brings along.</summary>
    /// <param name="tag">The image's tag, or a whole reference.</param>
    /// <returns>The command.</returns>
    public static string ShowStockFile(string tag)
    {
        var image = tag.Contains('/', StringComparison.Ordinal) ? tag : $"langgenius/dify-api:{tag}";
        return $"docker run --rm --entrypoint cat {image} {PromptContractCheck.PathInImage}";
    }

    private static Finding NoVersion(PromptContractAnswer answer, PromptContract contract, string where) => Finding.Warning(
        $"the tag {answer.Tag.Text} names no Dify version, so what it imports from prompts.py cannot be known",
        where,
        $"set the image tag to a version, such as {contract.Latest}");

    private static Finding OlderThanKnown(PromptContractAnswer answer, PromptContract contract, string where) => Finding.Warning(
        $"what Dify {answer.Tag.Text} imports from prompts.py is not known: the oldest version looked at is {contract.Oldest}",
        where,
        $"compare the names by hand: {ShowStockFile(answer.Tag.Text)}");

    private static Finding NearestOlder(PromptContractAnswer answer, PromptContract contract, string where)
    {
        var used = $"the imports of {answer.UsedVersion} were used{(answer.Tag.Note is { } note ? $" ({note})" : string.Empty)}";
        if (answer.IsSettled)
        {
            var isFix = answer.Tag.Version!.Value.IsFixOf(DifyTag.Parse(answer.UsedVersion!).Version!.Value);
            var why = isFix ? "it is a fix of that release" : "the known versions around it agree";
            return Finding.Information($"Dify {answer.Tag.Text} itself was not looked at; {used}", where, $"nothing to do: {why}");
        }

        var doubt = answer.UsedVersion == contract.Latest
            ? $"it is later than {contract.Latest}, the latest that was"
            : "the known versions around it import different names";
        return Finding.Warning(
            $"Dify {answer.Tag.Text} itself was not looked at, and {doubt}; {used}",
            where,
            $"compare the names by hand: {ShowStockFile(answer.Tag.Text)}");
    }
}
