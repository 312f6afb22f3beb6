using System.Text;
using System.Text.RegularExpressions;
using DifyUpgrade.Prompts;
using DifyUpgrade.Prompts.Python;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed partial class ShippedPromptsTests
{
    private static readonly string Text = File.ReadAllText(TestFiles.ShippedPrompts, Encoding.UTF8);

    [Fact]
    public async Task Python_compiles_and_runs_it_and_finds_every_name_of_1_8_0_to_1_17_0()
    {
        var answer = await PythonOracle.AskAsync(new Dictionary<string, byte[]> { ["prompts.py"] = Encoding.UTF8.GetBytes(Text) }, run: true);
        var told = answer.Files["prompts.py"];
        Assert.True(told is { Error: null, Crash: null }, $"{told.Error}{told.Crash}");
        foreach (var tag in new[] { "1.8.0", "1.11.0", "1.12.1", "1.13.0", "1.17.0" })
        {
            var imported = PromptContract.Shipped.For(tag);
            Assert.Empty(imported.Required.Concat(imported.Lazy).Select(import => import.Name).Except(told.Globals!));
        }
    }

    [Theory]
    [InlineData("PYTHON_CODE_GENERATOR_PROMPT_TEMPLATE", "{{CODE_LANGUAGE}} {{INSTRUCTION}}")]
    [InlineData("JAVASCRIPT_CODE_GENERATOR_PROMPT_TEMPLATE", "{{CODE_LANGUAGE}} {{INSTRUCTION}}")]
    [InlineData("WORKFLOW_RULE_CONFIG_PROMPT_GENERATE_TEMPLATE", "{{TASK_DESCRIPTION}}")]
    [InlineData("RULE_CONFIG_PROMPT_GENERATE_TEMPLATE", "{{TASK_DESCRIPTION}}")]
    [InlineData("RULE_CONFIG_PARAMETER_GENERATE_TEMPLATE", "{{INPUT_TEXT}}")]
    [InlineData("RULE_CONFIG_STATEMENT_GENERATE_TEMPLATE", "{{INPUT_TEXT}} {{TASK_DESCRIPTION}}")]
    [InlineData("STRUCTURED_OUTPUT_PROMPT", "{{schema}}")]
    [InlineData("INSTRUCTION_GENERATE_TEMPLATE_PROMPT", "{{#last_run#}}")]
    [InlineData("INSTRUCTION_GENERATE_TEMPLATE_CODE", "{{#error_message#}}")]
    [InlineData("GENERATOR_QA_PROMPT", "{language}")]
    [InlineData("DEFAULT_GENERATOR_SUMMARY_PROMPT", "{language}")]
    public void Each_prompt_holds_the_fields_that_Dify_fills(string name, string fields) =>
        Assert.Equal(fields, string.Join(' ', Field().Matches(Definition(name)).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("GENERATOR_QA_PROMPT")]
    [InlineData("DEFAULT_GENERATOR_SUMMARY_PROMPT")]
    public void What_goes_through_str_format_holds_no_other_brace(string name) =>
        Assert.Equal(-1, Definition(name).Replace("{language}", string.Empty, StringComparison.Ordinal).AsSpan().IndexOfAny('{', '}'));

    /// <summary>The lines from a name to the next one.</summary>
    private static string Definition(string name)
    {
        var names = PythonNames.Read(Encoding.UTF8.GetBytes(Text)).Names.OrderBy(one => one.Line).ToList();
        var index = names.FindIndex(one => one.Name == name);
        var end = index + 1 < names.Count ? names[index + 1].Line - 1 : int.MaxValue;
        return string.Join('\n', Text.Split('\n').Take(end).Skip(names[index].Line - 1));
    }

    // A field in single braces is one word; JSON and code in the texts always hold more.
    [GeneratedRegex(@"\{\{[#A-Za-z_]+\}\}|\{[A-Za-z_]+\}")]
    private static partial Regex Field();
}
