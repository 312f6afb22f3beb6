using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Offline;

/// <summary>A new file for a version, and a new version for the list of names: neither needs helm or a cluster.</summary>
public sealed class PromptContractScenarios : IDisposable
{
    private const string List = "src/DifyUpgrade/Prompts/prompt-contract.json";

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_starter_file_is_written_once_and_suits_its_version()
    {
        (await RunAsync("NewPrompts", "--dify-version", "1.12.1")).MustExitWith(0).MustSay("custom-configs/prompts-1.12.1.py defines the 18 names that Dify 1.12.1 imports");
        (await RunAsync("RenderTemplate", "--skip", "ValidateConfigMap", "--prompt-files", "prompts.py=custom-configs/prompts-1.12.1.py")).MustExitWith(0).MustNotSay("is missing", "has lost its field", "WRN");
        (await RunAsync("NewPrompts", "--dify-version", "1.12.1")).MustExitWith(2).MustSay("This file is there already and is not overwritten", "--new-prompts-file");
        (await RunAsync("NewPrompts", "--dify-version", "1.14.2", "--new-prompts-file", "other/p.py")).MustExitWith(0).MustSay("other/p.py", "the imports of 1.13.0 were used");
    }

    [Theory]
    [InlineData("NewPrompts", "No Dify version is given")]
    [InlineData("NewPrompts --dify-version latest", "What Dify latest imports is not known; known are 0.6.10 to 1.17.0")]
    [InlineData("UpdatePromptContract --dify-version main --dify-checkout dify", "'main' is no Dify version")]
    [InlineData("UpdatePromptContract --dify-version 1.18.0", "Name a checkout or an image, one of the two")]
    [InlineData("UpdatePromptContract --dify-version 1.18.0 --dify-checkout nowhere", "This is no checkout of Dify: it has no api/core")]
    [InlineData("UpdatePromptContract --dify-version 1.18.0 --dify-checkout empty", "Nothing in it imports core.llm_generator.prompts")]
    public async Task What_is_missing_is_named_with_an_example(string arguments, string said)
    {
        CopyList();
        Directory.CreateDirectory(_workspace.At("empty/api/core"));
        (await RunAsync(arguments.Split(' '))).MustExitWith(2).MustSay(said, "next:");
    }

    [Fact]
    public async Task A_version_is_taken_into_the_list_from_a_checkout()
    {
        CopyList();
        _workspace.Write("dify/api/core/llm_generator/prompts.py", "NEW_PROMPT = 'in {language}, { \"json\": 1 }'\nGENERATOR_QA_PROMPT = 'in {language}'\n_OWN = ''\n");
        _workspace.Write("dify/api/core/llm_generator/llm_generator.py", "from core.llm_generator.prompts import GENERATOR_QA_PROMPT\nTEXT = GENERATOR_QA_PROMPT.format(language='en')\n");
        _workspace.Write("dify/api/controllers/console/new.py", "@console_ns.route('/new')\nclass New:\n    def get(self):\n        from core.llm_generator.prompts import NEW_PROMPT\n        return NEW_PROMPT\n");
        _workspace.Write("dify/api/tests/test_prompts.py", "from core.llm_generator.prompts import ONLY_IN_A_TEST\n");

        (await RunAsync("UpdatePromptContract", "--dify-version", "1.18.0", "--dify-checkout", "dify")).MustExitWith(0).MustSay("knows Dify 1.18.0 now: 2 names; new NEW_PROMPT; gone CONVERSATION_TITLE_PROMPT");
        var list = await File.ReadAllTextAsync(_workspace.At(List), TestContext.Current.CancellationToken);
        Assert.Contains("\"endpoint\": \"GET /console/api/new\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain("ONLY_IN_A_TEST", list, StringComparison.Ordinal);

        (await RunAsync("UpdatePromptContract", "--dify-version", "1.18.0", "--dify-checkout", "dify")).MustExitWith(0).MustSay("new none; gone none");
        Assert.Equal(list, await File.ReadAllTextAsync(_workspace.At(List), TestContext.Current.CancellationToken));
    }

    private void CopyList() => _workspace.Write(List, File.ReadAllText(Path.Combine(TestSettings.Repository, List)));

    private Task<Run> RunAsync(params string[] arguments) => Run.OfAsync(_workspace.Build(arguments));
}
