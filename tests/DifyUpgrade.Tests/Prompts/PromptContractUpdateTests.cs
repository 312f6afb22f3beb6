using System.Text;
using DifyUpgrade.Prompts;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed class PromptContractUpdateTests
{
    [Fact]
    public void What_is_read_and_written_again_is_the_same_file()
    {
        var file = EmbeddedFile.Read("DifyUpgrade.Prompts.prompt-contract.json");
        Assert.Equal(file, PromptContractFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(file))).Write());
    }

    [Fact]
    public void A_version_that_imports_what_it_was_known_to_import_changes_nothing()
    {
        var file = PromptContractFile.ReadEmbedded();
        var updated = PromptContractUpdate.Add(file, "1.12.1", Module("1.12.1"), "a test");
        Assert.Equal((file with { Sources = updated.Sources }).Write(), updated.Write());
    }

    [Fact]
    public void A_later_version_adds_what_is_new_and_ends_what_is_gone()
    {
        var module = Module("1.17.0") with { Imports = [.. Module("1.17.0").Imports.Where(import => import.Name != "STRUCTURED_OUTPUT_PROMPT"), new ProbedImport("NEW_PROMPT", "api/core/new.py", null)], Placeholders = new Dictionary<string, IReadOnlyList<string>> { ["NEW_PROMPT"] = ["{{X}}"], ["GENERATOR_QA_PROMPT"] = ["{language}"] } };
        var contract = new PromptContract(PromptContractUpdate.Add(PromptContractFile.ReadEmbedded(), "1.18.0", module, "a checkout"));

        Assert.Equal(["NEW_PROMPT"], Names(contract, "1.18.0").Except(Names(contract, "1.17.0")));
        Assert.Equal(["STRUCTURED_OUTPUT_PROMPT"], Names(contract, "1.17.0").Except(Names(contract, "1.18.0")));
        Assert.Equal(("a checkout", "1.18.0"), (contract.For("1.18.0").Source, contract.Latest));
        Assert.Equal(["{{X}}"], contract.For("1.18.0").Placeholders.Single(one => one.Name == "NEW_PROMPT").Fields);
        Assert.Equal(2, contract.For("1.18.0").Placeholders.Count);
        foreach (var version in PromptContractFile.ReadEmbedded().Versions)
            Assert.Equal(Names(PromptContract.Shipped, version), Names(contract, version));
    }

    [Fact]
    public void A_version_between_two_leaves_both_and_their_sources_as_they_were()
    {
        var contract = new PromptContract(PromptContractUpdate.Add(PromptContractFile.ReadEmbedded(), "1.11.5", Module("1.10.1"), "a checkout"));
        Assert.Equal(Names(PromptContract.Shipped, "1.10.1"), Names(contract, "1.11.5"));
        foreach (var version in new[] { "1.11.4", "1.12.0", "1.17.0" })
        {
            Assert.Equal(Names(PromptContract.Shipped, version), Names(contract, version));
            Assert.Equal(PromptContract.Shipped.For(version).Source, contract.For(version).Source);
        }
    }

    private static ProbedModule Module(string version)
    {
        var answer = PromptContract.Shipped.For(version);
        return new ProbedModule
        {
            Module = "core.llm_generator.prompts",
            Imports = [.. answer.Required.Concat(answer.Lazy).Select(import => new ProbedImport(import.Name, import.Importer, import.Endpoint is null ? null : "another wording"))],
            Placeholders = answer.Placeholders.ToDictionary(one => one.Name, one => one.Fields),
            StarImports = [],
            Unread = [],
            HasStock = true,
        };
    }

    private static IEnumerable<string> Names(PromptContract contract, string version)
    {
        var answer = contract.For(version);
        return answer.Required.Concat(answer.Lazy).Select(import => $"{import.Name}").Order(StringComparer.Ordinal);
    }
}
