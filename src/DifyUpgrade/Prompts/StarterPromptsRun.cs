using DifyUpgrade.Parameters;
using DifyUpgrade.Reporting;
using Serilog;

namespace DifyUpgrade.Prompts;

/// <summary>What was written.</summary>
/// <param name="Version">The version whose imports were used.</param>
/// <param name="Names">How many names the file defines.</param>
/// <param name="File">The file.</param>
internal sealed record StarterPromptsResult(string Version, int Names, string File);

/// <summary>The target <c>NewPrompts</c>.</summary>
/// <param name="inputs">What was typed.</param>
/// <param name="log">Where lines for people go.</param>
internal sealed class StarterPromptsRun(DeploymentInputs inputs, ILogger log)
{
    /// <summary>Writes the file, unless it is there already.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What was written.</returns>
    public async Task<StarterPromptsResult> RunAsync(CancellationToken cancellation)
    {
        var contract = PromptContract.Shipped;
        if (inputs.DifyVersion is not { Length: > 0 } tag)
            throw Wrong("No Dify version is given", "--dify-version", $"./build.sh NewPrompts --dify-version {contract.Latest}");
        var answer = contract.For(tag);
        if (answer.UsedVersion is null)
            throw Wrong($"What Dify {tag} imports is not known; known are {contract.Oldest} to {contract.Latest}", "--dify-version", $"./build.sh NewPrompts --dify-version {contract.Latest}");
        log.Report([.. PromptVersionFindings.For(answer, contract)]);

        var shown = inputs.NewPromptsFile ?? $"custom-configs/prompts-{answer.Tag.Version!.Value.Major}.{answer.Tag.Version.Value.Minor}.{answer.Tag.Version.Value.Patch}.py";
        var file = Path.GetFullPath(shown, inputs.RootFolder);
        if (Path.Exists(file))
            throw Wrong("This file is there already and is not overwritten", shown, "Name another: --new-prompts-file custom-configs/prompts-new.py");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, StarterPrompts.Write(answer), cancellation);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Wrong("This file cannot be written: " + refused.Message, shown, "Name another: --new-prompts-file PATH");
        }

        var names = answer.Required.Count + answer.Lazy.Count;
        log.Information("{File:l} defines the {Names} names that Dify {Version:l} imports. Use it: --prompt-files prompts.py={File:l}", shown, names, answer.UsedVersion, shown);
        return new StarterPromptsResult(answer.UsedVersion, names, shown);
    }

    private static DeploymentException Wrong(string seen, string where, string remedy) => new(ExitCode.NothingChanged, Finding.Error(seen, where, remedy));
}
