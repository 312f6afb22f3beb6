using System.Text;
using DifyUpgrade.Prompts;
using DifyUpgrade.Prompts.Python;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed class PromptFieldTests
{
    [Theory]
    [InlineData("WORKFLOW_RULE_CONFIG_PROMPT_GENERATE_TEMPLATE = '''a\nb {{TASK_DESCRIPTION}}'''")]
    [InlineData("WORKFLOW_RULE_CONFIG_PROMPT_GENERATE_TEMPLATE: str = (\n  'a'\n  \"{{TASK_DESCRIPTION}}\"\n)")]
    [InlineData("WORKFLOW_RULE_CONFIG_PROMPT_GENERATE_TEMPLATE = r'{{TASK_DESCRIPTION}}'.strip() + ' { \"json\": 1 } {x}'")]
    [InlineData("_A = '{{TASK_DESCRIPTION}}'\nWORKFLOW_RULE_CONFIG_PROMPT_GENERATE_TEMPLATE = 'one ' + _A\n_A = ''")]
    [InlineData("A = WORKFLOW_RULE_CONFIG_PROMPT_GENERATE_TEMPLATE = 'one'\nWORKFLOW_RULE_CONFIG_PROMPT_GENERATE_TEMPLATE += ' {{TASK_DESCRIPTION}}'")]
    [InlineData("GENERATOR_QA_PROMPT = 'in {language}: {{\"a\": 1}}'")]
    [InlineData("GENERATOR_SOMETHING = 'in {any}: {{X}} {'")]
    [InlineData("CONVERSATION_TITLE_PROMPT = '{ \"Your Output\": \"{{x}} {y}\" }'")]
    [InlineData("WORKFLOW_RULE_CONFIG_PROMPT_GENERATE_TEMPLATE = '{{TASK_DESCRIPTION}} {{{TASK_DESCRIPTION}}}'")]
    public void Fields_that_stand_as_in_the_stock_text_raise_nothing(string text) => Assert.Empty(Check(text));

    [Theory]
    [InlineData("A = 1\nGENERATOR_QA_PROMPT = 'none'", "prompts.py:2:1", "GENERATOR_QA_PROMPT has lost its field {language}", "put {language} where its value belongs")]
    [InlineData("GENERATOR_QA_PROMPT = '''\nin {{language}}'''", "prompts.py:2:4", "has lost its field {language}", "if {{language}} is meant for it, write {language}")]
    [InlineData("RULE_CONFIG_PARAMETER_GENERATE_TEMPLATE = '''\n\n  {{ INPUT_TEXT }}'''", "prompts.py:3:3", "has lost its field {{INPUT_TEXT}}", "if {{ INPUT_TEXT }} is meant for it")]
    [InlineData("STRUCTURED_OUTPUT_PROMPT = 'é {schema}'", "prompts.py:1:31", "has lost its field {{schema}}", "if {schema} is meant for it, write {{schema}}")]
    [InlineData("INSTRUCTION_GENERATE_TEMPLATE_CODE = 'x {{error_message}}'", "prompts.py:1:41", "has lost its field {{#error_message#}}", "if {{error_message}} is meant for it")]
    [InlineData("RULE_CONFIG_STATEMENT_GENERATE_TEMPLATE = '{{INPUT_TEXT}}'\nRULE_CONFIG_STATEMENT_GENERATE_TEMPLATE = '{{INPUT_TEXT}}'", "prompts.py:1:1", "has lost its field {{TASK_DESCRIPTION}}", "put {{TASK_DESCRIPTION}}")]
    public void A_lost_field_is_a_warning_with_its_line(string text, string where, string seen, string remedy) => MustWarn(text, where, seen, remedy);

    [Theory]
    [InlineData("STRUCTURED_OUTPUT_PROMPT = '''{{schema}}\n{{language}}'''", "prompts.py:2:1", "{{language}} in STRUCTURED_OUTPUT_PROMPT is no field that Dify 1.12.1 fills in", "the fields of this prompt are {{schema}}")]
    [InlineData("GENERATOR_QA_PROMPT = '''{language}\n{\"a\": 1}'''", "prompts.py:2:1", "{\"a\": 1} stands in GENERATOR_QA_PROMPT, which Dify passes to str.format with {language} only", "double every brace that is plain text: {{\"a\": 1}}")]
    [InlineData("GENERATOR_QA_PROMPT = '{language} }'", "prompts.py:1:35", "} stands in GENERATOR_QA_PROMPT", "double every brace")]
    public void An_unknown_field_is_a_warning_with_its_line(string text, string where, string seen, string remedy) => MustWarn(text, where, seen, remedy);

    [Theory]
    [InlineData("import os\nGENERATOR_QA_PROMPT = os.getenv('QA') or '{language}'")]
    [InlineData("A = 'x'\nGENERATOR_QA_PROMPT = f'{A} {{language}}'")]
    [InlineData("GENERATOR_QA_PROMPT = b'{language}'")]
    [InlineData("GENERATOR_QA_PROMPT = 'x' % {}")]
    [InlineData("A, GENERATOR_QA_PROMPT = 'x', 'y'")]
    public void A_text_that_only_running_the_file_would_tell_is_said_to_be_unchecked(string text)
    {
        var finding = Assert.Single(Check(text));
        Assert.Equal(Severity.Information, finding.Severity);
        Assert.Contains("put together when the file runs, so it is not checked for {language}", finding.Seen, StringComparison.Ordinal);
    }

    /// <summary>Every version's fields hold for the file we ship, which is written to suit them all.</summary>
    [Fact]
    public void The_shipped_file_has_all_fields_of_every_version_that_it_suits()
    {
        var module = PythonNames.Read(File.ReadAllBytes(TestFiles.ShippedPrompts));
        foreach (var tag in PromptContractFile.ReadEmbedded().Versions.SkipWhile(version => version != "1.8.0"))
            Assert.Empty(new PromptFieldFindings("prompts.py", module, PromptContract.Shipped.For(tag)).All());
    }

    [Fact]
    public void Fields_change_with_the_version()
    {
        Assert.DoesNotContain(PromptContract.Shipped.For("1.12.0").Placeholders, one => one.Name == "DEFAULT_GENERATOR_SUMMARY_PROMPT");
        Assert.Equal(["{language}"], PromptContract.Shipped.For("1.12.1").Placeholders.Single(one => one.Name == "DEFAULT_GENERATOR_SUMMARY_PROMPT").Fields);
        Assert.Equal(5, PromptContract.Shipped.For("0.6.14").Placeholders.Single(one => one.Name == "RULE_CONFIG_GENERATE_TEMPLATE").Fields.Count);
    }

    private static void MustWarn(string text, string where, string seen, string remedy)
    {
        var finding = Assert.Single(Check(text));
        Assert.Equal((Severity.Warning, where), (finding.Severity, finding.Where));
        Assert.Contains(seen, finding.Seen, StringComparison.Ordinal);
        Assert.StartsWith(remedy, finding.Remedy, StringComparison.Ordinal);
    }

    private static List<Finding> Check(string text) =>
        [.. new PromptFieldFindings("prompts.py", PythonNames.Read(Encoding.UTF8.GetBytes(text + "\n")), PromptContract.Shipped.For("1.12.1")).All()];
}
