using System.Text;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Offline;

/// <summary>What is wrong with the prompt files is found without a cluster: file, line, column, remedy, exit code 2.</summary>
public sealed class PromptFileScenarios : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    public static TheoryData<string, string, string> Bad => new()
    {
        { "I am no Python, I am a letter.\n", "custom-configs/prompts.py:1:3", "nothing that joins them" },
        { "A = 1\nB = \"\"\"cut off", "custom-configs/prompts.py:2:5", "add the closing \"\"\"" },
        { "A = 1\nB = 'a\0b'\n", "custom-configs/prompts.py:2:7", "remove it, or save the file as UTF-8 text" },
        { "if True:\n\tA = 1\n        B = 2\n", "custom-configs/prompts.py:3:9", "tabs and spaces are mixed" },
        { "A = = 1\n", "custom-configs/prompts.py:1:5", "mend the line, then try: python3 -m py_compile" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_Python_would_not_compile_is_named_with_its_place(string text, string where, string remedy)
    {
        _workspace.Write("custom-configs/prompts.py", text);
        (await RenderAsync()).MustExitWith(2).MustSay("Python would not compile the file", where, remedy);
    }

    [Fact]
    public async Task A_name_that_is_defined_twice_or_deleted_again_is_named_with_its_place()
    {
        await AppendAsync("\nSTRUCTURED_OUTPUT_PROMPT = '{{schema}}'\ndel GENERATOR_QA_PROMPT\n");
        var line = Read().TrimEnd().Split('\n').Length;
        (await RenderAsync()).MustExitWith(2).MustSay(
            "STRUCTURED_OUTPUT_PROMPT is defined a second time",
            $"custom-configs/prompts.py:{line - 1}:1",
            "GENERATOR_QA_PROMPT is defined on line",
            $"custom-configs/prompts.py:{line}:5",
            "take GENERATOR_QA_PROMPT out of the del");
    }

    [Fact]
    public async Task A_huge_line_a_folder_a_dangling_link_and_bytes_that_are_no_text_are_refused()
    {
        _workspace.Write("huge.py", "A = '" + new string('x', 5 * 1024 * 1024) + "'\n");
        Directory.CreateDirectory(_workspace.At("folder.py"));
        File.CreateSymbolicLink(_workspace.At("link.py"), "nowhere.py");
        await File.WriteAllBytesAsync(_workspace.At("latin.py"), [.. Encoding.ASCII.GetBytes("A = 1\nB = '"), 0xE4, (byte)'\''], TestContext.Current.CancellationToken);
        (await RenderAsync("--prompt-files", "huge.py", "folder.py", "link.py", "latin.py")).MustExitWith(2).MustSay(
            "This prompt file is 5,242,887 bytes; a ConfigMap holds at most 1,048,576",
            "This prompt file is a folder",
            "This prompt file is a link to nowhere.py, which does not exist",
            "This prompt file is not UTF-8",
            "latin.py:2:6");
    }

    [Fact]
    public async Task A_line_of_a_megabyte_is_read_like_any_other()
    {
        await AppendAsync("\nA = '" + new string('x', 1_000_000) + "'\n");
        (await RenderAsync()).MustExitWith(0).MustSay("Dify 1.12.1 imports none of these");
    }

    [Fact]
    public async Task Names_that_the_version_imports_and_the_file_lacks_stop_at_start_or_warn_of_the_request()
    {
        _workspace.Write("custom-configs/prompts.py", Without("GENERATOR_QA_PROMPT", "INSTRUCTION_GENERATE_TEMPLATE_CODE") + "\nGENERATOR_QA_PROMT = ''\n");
        (await RenderAsync()).MustExitWith(2).MustSay(
            "✖ GENERATOR_QA_PROMPT is missing; Dify 1.12.1 imports it at start",
            "api, worker and beat crash without it",
            "GENERATOR_QA_PROMT on line",
            "INSTRUCTION_GENERATE_TEMPLATE_CODE is missing",
            "POST /console/api/instruction-generate/template with type code",
            "GENERATOR_QA_PROMT (line").MustNotSay("✖ INSTRUCTION_GENERATE_TEMPLATE_CODE");
    }

    [Theory]
    [InlineData("1.14.2", "Dify 1.14.2 itself was not looked at", "the imports of 1.13.0 were used")]
    [InlineData("1.12.1@sha256:8a7f", "its digest, not its tag, decides what is pulled", "is taken for Dify 1.12.1")]
    public async Task A_version_that_is_not_known_uses_the_nearest_older_one_and_says_so(string tag, params string[] said)
    {
        _workspace.Write("values-tag.yaml", $"image: {{api: {{tag: \"{tag}\"}}}}\n");
        (await RenderAsync("--values-files", "values-dify.yaml", "values-secrets.yaml", "values-dify-prod.yaml", "values-tag.yaml")).MustExitWith(0).MustSay(said);
    }

    [Fact]
    public async Task Lost_and_unknown_fields_are_warnings_with_their_lines()
    {
        var text = Read();
        _workspace.Write("custom-configs/prompts.py", text.Replace("{{schema}}", "{{ schema }}", StringComparison.Ordinal).Replace("{language}", "{sprache}", StringComparison.Ordinal));
        var line = text.Split('\n').TakeWhile(one => !one.Contains("{{schema}}", StringComparison.Ordinal)).Count() + 1;
        (await RenderAsync()).MustExitWith(0).MustSay(
            "STRUCTURED_OUTPUT_PROMPT has lost its field {{schema}}",
            $"custom-configs/prompts.py:{line}:1",
            "GENERATOR_QA_PROMPT has lost its field {language}",
            "{sprache} stands in GENERATOR_QA_PROMPT, which Dify passes to str.format with {language} only");
    }

    [Fact]
    public async Task A_worker_that_does_not_mount_what_the_api_of_the_same_image_mounts_is_a_warning()
    {
        _workspace.Write("values-bare.yaml", "worker: {extraVolumeMounts: []}\n");
        (await RenderAsync("--values-files", "values-dify.yaml", "values-secrets.yaml", "values-dify-prod.yaml", "values-bare.yaml")).MustExitWith(0).MustSay(
            "deployment/dify-worker runs the same image as deployment/dify-api but does not mount /app/api/core/llm_generator/prompts.py");
    }

    private Task<Run> RenderAsync(params string[] arguments) => Run.OfAsync(_workspace.Build(["RenderTemplate", "--skip", "ValidateConfigMap", .. arguments]));

    private Task AppendAsync(string text) => File.AppendAllTextAsync(_workspace.Prompts, text, TestContext.Current.CancellationToken);

    private string Read() => File.ReadAllText(_workspace.Prompts);

    private string Without(params string[] names) =>
        names.Aggregate(Read(), (text, name) => text.Replace($"\n{name} = ", $"\nLEFT_OUT_{name.Length} = ", StringComparison.Ordinal));
}
