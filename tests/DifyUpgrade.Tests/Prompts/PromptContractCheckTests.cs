using System.Text;
using DifyUpgrade.Prompts;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed class PromptContractCheckTests
{
    private const string Name = "custom-configs/prompts.py";

    [Theory]
    [InlineData("1.8.0")]
    [InlineData("1.10.1")]
    [InlineData("1.10.1-fix.1")]
    [InlineData("1.11.4")]
    [InlineData("1.12.1")]
    [InlineData("1.13.0")]
    [InlineData("1.17.0")]
    public void The_shipped_file_suits_every_version_it_promises(string tag) =>
        Assert.DoesNotContain(
            PromptContractCheck.Check(Name, File.ReadAllBytes(TestFiles.ShippedPrompts), tag),
            finding => finding.Severity != Severity.Information);

    [Fact]
    public void A_file_of_1_10_1_kept_for_1_11_0_lacks_exactly_two_names()
    {
        var findings = PromptContractCheck.Check(Name, FileFor("1.10.1"), "1.11.0");
        Assert.All(findings, finding => Assert.Equal((Severity.Error, Name), (finding.Severity, finding.Where)));
        Assert.Equal(
            [
                "SUGGESTED_QUESTIONS_MAX_TOKENS is missing; Dify 1.11.0 imports it at start in api/core/llm_generator/llm_generator.py, and api, worker and beat crash without it",
                "SUGGESTED_QUESTIONS_TEMPERATURE is missing; Dify 1.11.0 imports it at start in api/core/llm_generator/llm_generator.py, and api, worker and beat crash without it",
            ],
            findings.Select(finding => finding.Seen));
        Assert.Equal(
            "add SUGGESTED_QUESTIONS_MAX_TOKENS = … at the top level of custom-configs/prompts.py; Dify's own text: "
                + "docker run --rm --entrypoint cat langgenius/dify-api:1.11.0 /app/api/core/llm_generator/prompts.py",
            findings[0].Remedy);
    }

    [Fact]
    public void A_lazy_name_that_is_missing_is_a_warning_with_its_endpoint()
    {
        var finding = Assert.Single(PromptContractCheck.Check(Name, FileFor("1.12.1", without: "INSTRUCTION_GENERATE_TEMPLATE_CODE"), "1.12.1"));
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("api/controllers/console/app/generator.py within POST /console/api/instruction-generate/template with type code", finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_name_is_told_with_the_name_it_had()
    {
        var findings = PromptContractCheck.Check(Name, FileFor("1.13.0"), "1.17.0");
        var finding = Assert.Single(findings, finding => finding.Severity != Severity.Information);
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.StartsWith("DEFAULT_SUGGESTED_QUESTIONS_AFTER_ANSWER_INSTRUCTION_PROMPT is missing", finding.Seen, StringComparison.Ordinal);
        Assert.StartsWith("if SUGGESTED_QUESTIONS_AFTER_ANSWER_INSTRUCTION_PROMPT on line ", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("SUGGESTED_QUESTIONS_AFTER_ANSWER_INSTRUCTION_PROMPT (line 3; DEFAULT_SUGGESTED_QUESTIONS_AFTER_ANSWER_INSTRUCTION_PROMPT?)", Assert.Single(findings, finding => finding.Severity == Severity.Information).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_versions_that_differ_both_sides_are_told()
    {
        var findings = PromptContractCheck.Check(Name, FileFor("1.13.0"), "1.14.2");
        Assert.Equal([Severity.Warning, Severity.Warning], findings.Select(finding => finding.Severity));
        Assert.Equal(
            "Dify 1.14.2 itself was not looked at, and the known versions around it import different names; the imports of 1.13.0 were used",
            findings[0].Seen);
        Assert.EndsWith("Dify 1.17.0 imports it in api/core/llm_generator/output_parser/suggested_questions_after_answer.py, and 1.14.2 may do so already", findings[1].Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.10.1-fix.1", Severity.Information, "Dify 1.10.1-fix.1 itself was not looked at; the imports of 1.10.1 were used")]
    [InlineData("1.12.2", Severity.Information, "Dify 1.12.2 itself was not looked at; the imports of 1.12.1 were used")]
    [InlineData("1.12.1-acme", Severity.Information, "the tag 1.12.1-acme is taken for Dify 1.12.1; its suffix acme is not one of Dify's own")]
    [InlineData("1.99.0", Severity.Warning, "Dify 1.99.0 itself was not looked at, and it is later than 1.17.0, the latest that was; the imports of 1.17.0 were used")]
    [InlineData("0.5.1", Severity.Warning, "what Dify 0.5.1 imports from prompts.py is not known: the oldest version looked at is 0.6.10")]
    [InlineData("latest", Severity.Warning, "the tag latest names no Dify version, so what it imports from prompts.py cannot be known")]
    public void How_well_a_version_is_known_is_told_once(string tag, Severity severity, string seen)
    {
        var findings = PromptContractCheck.Check(Name, File.ReadAllBytes(TestFiles.ShippedPrompts), tag);
        var finding = Assert.Single(findings, finding => finding.Where == $"Dify image tag {tag}");
        Assert.Equal((severity, seen), (finding.Severity, finding.Seen));
        Assert.All(findings.Where(other => other != finding), other => Assert.StartsWith("Dify ", other.Seen, StringComparison.Ordinal));
    }

    [Fact]
    public void What_Python_would_not_compile_is_told_alone()
    {
        var finding = Assert.Single(Check("A = 1\nB = \"\"\"x\n"));
        Assert.Equal(
            Finding.Error(
                "Python would not compile the file: the string opened by \"\"\" is never closed",
                "custom-configs/prompts.py:2:5",
                "add the closing \"\"\"; if it seems to be there, look for one too many in the text above; names are compared once the file compiles"),
            finding);
    }

    [Fact]
    public void With_a_star_import_nothing_missing_is_an_error()
    {
        var findings = Check("A = 1\nfrom stock import *\n");
        Assert.All(findings.SkipLast(1), finding => Assert.Equal(Severity.Warning, finding.Severity));
        Assert.Equal(1 + 16 + 2 + 1, findings.Count);
        Assert.Equal(("from stock import * may define names that cannot be known without running the file", "custom-configs/prompts.py:2:1"), (findings[0].Seen, findings[0].Where));
        Assert.StartsWith("CONVERSATION_TITLE_PROMPT is not to be seen in the file, though from stock import * may define it;", findings[1].Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_only_a_function_would_bind_is_a_warning()
    {
        var text = "def load():\n    global GENERATOR_QA_PROMPT\n    GENERATOR_QA_PROMPT = ''\nload()\n";
        var finding = Assert.Single(Check(text, FileFor("1.12.1", without: "GENERATOR_QA_PROMPT")));
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.StartsWith("GENERATOR_QA_PROMPT is defined only once a function runs that declares it global;", finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_under_a_condition_is_a_warning_with_its_line()
    {
        var finding = Assert.Single(Check("if x:\n    GENERATOR_QA_PROMPT = ''\n", FileFor("1.12.1", without: "GENERATOR_QA_PROMPT")));
        Assert.Equal((Severity.Warning, "custom-configs/prompts.py:2"), (finding.Severity, finding.Where));
    }

    [Fact]
    public void Names_that_nothing_imports_are_told_once_with_the_one_that_is_likely_meant()
    {
        var text = "import os\nMY_OWN_TEXT = ''\nGENERATOR_QA_PROMT = ''\nconversation_title_prompt = ''\nRULE_CONFIG_GENERATE_TEMPLATE = ''\n";
        var finding = Assert.Single(Check(text, FileFor("1.12.1")));
        Assert.Equal(Severity.Information, finding.Severity);
        Assert.Equal("Dify 1.12.1 imports none of these: MY_OWN_TEXT (line 2), GENERATOR_QA_PROMT (line 3; GENERATOR_QA_PROMPT?), conversation_title_prompt (line 4; CONVERSATION_TITLE_PROMPT?), RULE_CONFIG_GENERATE_TEMPLATE (line 5)", finding.Seen);
    }

    [Fact]
    public void A_name_that_is_defined_twice_is_a_warning_at_the_second_place()
    {
        var finding = Assert.Single(Check("GENERATOR_QA_PROMPT = 'lost'\nA = 1; GENERATOR_QA_PROMPT = '{language}'\n", FileFor("1.12.1", without: "GENERATOR_QA_PROMPT")), finding => finding.Severity != Severity.Information);
        Assert.Equal(
            Finding.Warning("GENERATOR_QA_PROMPT is defined a second time; what line 1 gives it is lost", "custom-configs/prompts.py:2:8", "keep one of the two, line 1 or line 2"),
            finding);
    }

    [Theory]
    [InlineData("GENERATOR_QA_PROMPT = 'one'\nGENERATOR_QA_PROMPT += ' {language}'\n")]
    [InlineData("GENERATOR_QA_PROMPT = 'one'\nGENERATOR_QA_PROMPT = GENERATOR_QA_PROMPT + ' {language}'\n")]
    [InlineData("GENERATOR_QA_PROMPT = 'one'\ndel GENERATOR_QA_PROMPT\nGENERATOR_QA_PROMPT = '{language}'\n")]
    [InlineData("if A:\n    GENERATOR_QA_PROMPT = 'one'\nGENERATOR_QA_PROMPT = '{language}'\n")]
    public void A_name_that_carries_on_with_what_it_held_is_not_defined_twice(string text) =>
        Assert.DoesNotContain(Check(text, FileFor("1.12.1", without: "GENERATOR_QA_PROMPT")), finding => finding.Severity != Severity.Information);

    [Fact]
    public void A_name_that_is_deleted_again_is_an_error_at_the_del()
    {
        var finding = Assert.Single(Check("GENERATOR_QA_PROMPT = '{language}'\nA = 1\ndel A, GENERATOR_QA_PROMPT\n", FileFor("1.12.1", without: "GENERATOR_QA_PROMPT")));
        Assert.Equal((Severity.Error, "custom-configs/prompts.py:3:8", "take GENERATOR_QA_PROMPT out of the del"), (finding.Severity, finding.Where, finding.Remedy));
        Assert.StartsWith("GENERATOR_QA_PROMPT is defined on line 1 but deleted again; Dify 1.12.1 imports it at start", finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_lacks_every_name() =>
        Assert.Equal(16, Check(string.Empty).Count(finding => finding.Severity == Severity.Error));

    private static IReadOnlyList<Finding> Check(string text, byte[]? rest = null) =>
        PromptContractCheck.Check(Name, (byte[])[.. Encoding.UTF8.GetBytes(text), .. rest ?? []], "1.12.1");

    private static byte[] FileFor(string tag, string without = "")
    {
        var answer = PromptContract.Shipped.For(tag);
        var names = answer.Required.Concat(answer.Lazy).Select(import => import.Name).Where(name => name != without);
        var fields = answer.Placeholders.ToDictionary(one => one.Name, one => string.Join(' ', one.Fields));
        return Encoding.UTF8.GetBytes(string.Concat(names.Select(name => $"{name} = '''text {fields.GetValueOrDefault(name)}'''\n")));
    }
}
