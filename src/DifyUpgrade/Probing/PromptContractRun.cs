using System.Text.Json;
using DifyUpgrade.Helm;
using DifyUpgrade.Parameters;
using DifyUpgrade.Prompts;
using DifyUpgrade.Prompts.Python;
using Serilog;

namespace DifyUpgrade.Probing;

/// <summary>What became of the list of names.</summary>
/// <param name="Version">The version taken in.</param>
/// <param name="Added">Names that it imports and the one before did not.</param>
/// <param name="Removed">Names that it no longer imports.</param>
/// <param name="File">The list.</param>
internal sealed record PromptContractResult(string Version, IReadOnlyList<string> Added, IReadOnlyList<string> Removed, string File);

/// <summary>The target <c>UpdatePromptContract</c>: reads Dify's code, in a checkout or in an image, and writes the list of names.</summary>
/// <param name="inputs">What was typed.</param>
/// <param name="log">Where lines for people go.</param>
/// <param name="time">The clock.</param>
internal sealed class PromptContractRun(DeploymentInputs inputs, ILogger log, TimeProvider time)
{
    private const string ListFile = "src/DifyUpgrade/Prompts/prompt-contract.json";
    private const string Usage = "./build.sh UpdatePromptContract --dify-version 1.18.0 --dify-checkout ../dify\nor, asking the image in the cluster: --dify-image langgenius/dify-api:1.18.0";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly string Module = PromptProbes.ModuleAt(PromptContractCheck.PathInImage)!;

    /// <summary>Reads and writes.</summary>
    /// <param name="access">The cluster to ask an image in; null reads a checkout.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What changed.</returns>
    public async Task<PromptContractResult> RunAsync(ReleaseAccess? access, CancellationToken cancellation)
    {
        if (inputs.DifyVersion is not { Length: > 0 } version || DifyTag.Parse(version) is not { Version: not null, Note: null })
            throw Wrong($"'{inputs.DifyVersion}' is no Dify version", "--dify-version", Usage);
        if (inputs.DifyCheckout is null == inputs.DifyImage is null)
            throw Wrong("Name a checkout or an image, one of the two", "--dify-checkout, --dify-image", Usage);

        var file = await ReadListAsync(cancellation);
        var report = access is null ? await OfCheckoutAsync(inputs.DifyCheckout!, cancellation) : await OfImageAsync(access, cancellation);
        var module = report.Modules.Single();
        if (!module.HasStock || module.Imports.Count == 0)
            throw Wrong($"Nothing in it imports {Module}: {report.Files} Python files were looked through", inputs.DifyCheckout ?? inputs.DifyImage!, "Check that it is Dify of that version; if Dify has moved the module, this program must learn its new place");
        return await WriteAsync(file, version, module, cancellation);
    }

    private async Task<PromptContractFile> ReadListAsync(CancellationToken cancellation)
    {
        try
        {
            using var stream = new MemoryStream(await File.ReadAllBytesAsync(Path.Combine(inputs.RootFolder, ListFile), cancellation));
            return PromptContractFile.Read(stream);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Wrong("The list of names cannot be read: " + none.Message, ListFile, "git checkout -- " + ListFile);
        }
    }

    private async Task<ProbeReport> OfCheckoutAsync(string checkout, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(checkout, inputs.RootFolder);
        var code = new[] { Path.Combine(folder, "api"), folder }.FirstOrDefault(one => Directory.Exists(Path.Combine(one, "core")))
            ?? throw Wrong("This is no checkout of Dify: it has no api/core", checkout, "git clone --depth 1 --branch VERSION https://github.com/langgenius/dify");
        var python = ExecutableSearch.Find("python3", Environment.GetEnvironmentVariable("PATH") ?? "")
            ?? throw Wrong("There is no python3 on PATH to read Dify's code with", "PATH", "Install Python 3.10 or later, or ask an image: --dify-image");
        var script = EmbeddedFile.Read("DifyUpgrade.Probing.prompt_probe.py");
        var run = await new PythonProcess(python, time).RunAsync(script, [code, JsonSerializer.Serialize(new[] { new { module = Module } })], default, Limit, cancellation);
        return ProbeReport.Read(run?.Output.Split('\n') ?? [])
            ?? throw Wrong($"python3 did not read it: {run?.Errors.Trim() ?? "it took too long"}", checkout, "Use Python 3.12 or later, as Dify does: python3 --version");
    }

    private Task<ProbeReport> OfImageAsync(ReleaseAccess access, CancellationToken cancellation) => new ImageProbe(access).RunAsync(
        new ProbeRequest { Image = inputs.DifyImage!, Modules = [(Module, null)], Files = new Dictionary<string, ReadOnlyMemory<byte>>() },
        cancellation);

    private async Task<PromptContractResult> WriteAsync(PromptContractFile file, string version, ProbedModule module, CancellationToken cancellation)
    {
        var source = inputs.DifyImage is { } image ? $"the image {image}, read by UpdatePromptContract" : $"a checkout of langgenius/dify at {version}, read by UpdatePromptContract";
        var updated = PromptContractUpdate.Add(file, version, module, source);
        await File.WriteAllTextAsync(Path.Combine(inputs.RootFolder, ListFile), updated.Write(), cancellation);

        var (before, after) = (NamesOf(file, version), NamesOf(updated, version));
        List<string> added = [.. after.Except(before).Order(StringComparer.Ordinal)];
        List<string> removed = [.. before.Except(after).Order(StringComparer.Ordinal)];
        log.Information(
            "{File:l} knows Dify {Version:l} now: {Count} names; new {Added:l}; gone {Removed:l}. Build again to use it, and see: git diff {File:l}",
            ListFile,
            version,
            after.Count,
            added.Count > 0 ? string.Join(", ", added) : "none",
            removed.Count > 0 ? string.Join(", ", removed) : "none",
            ListFile);
        return new PromptContractResult(version, added, removed, ListFile);
    }

    private static HashSet<string> NamesOf(PromptContractFile file, string version)
    {
        var answer = new PromptContract(file).For(version);
        return [.. answer.Required.Concat(answer.Lazy).Select(import => import.Name)];
    }

    private static DeploymentException Wrong(string seen, string where, string remedy) => new(ExitCode.NothingChanged, Finding.Error(seen, where, remedy));
}
