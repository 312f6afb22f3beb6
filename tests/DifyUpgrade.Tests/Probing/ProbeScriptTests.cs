using System.Text.Json;
using DifyUpgrade.Helm;
using DifyUpgrade.Prompts;
using DifyUpgrade.Prompts.Python;
using Xunit;

namespace DifyUpgrade.Tests.Probing;

public sealed class ProbeScriptTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("probe-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("from core.p import A as B, C", "A, C")]
    [InlineData("from core.p import (\n    A,\n    C,\n)", "A, C")]
    [InlineData("from . import p\nX = p.A", "A")]
    [InlineData("from .p import A", "A")]
    [InlineData("import core.p as p\nX = p.A", "A")]
    [InlineData("import core.p\nX = core.p.A", "A")]
    [InlineData("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from core.p import A\nelse:\n    from core.p import C", "C")]
    [InlineData("try:\n    from core.p import A\nexcept ImportError:\n    A = 1", "")]
    [InlineData("try:\n    from core.p import A\nexcept ValueError:\n    pass", "A")]
    [InlineData("if True:\n    from core.p import A", "A")]
    [InlineData("def f():\n    from core.p import A", "A in f")]
    [InlineData("class F:\n    from core.p import A\n    def g(self):\n        from core.p import A, C", "A, C in F.g")]
    [InlineData("@console_ns.route('/a/b')\nclass F:\n    def post(self):\n        from core.p import A", "A in POST /console/api/a/b")]
    [InlineData("@api.get('/a')\ndef read():\n    from core.p import A", "A in /a")]
    [InlineData("from core.other import A\nfrom core.p2 import C", "")]
    public async Task Imports_are_found_with_the_place_they_happen_in(string code, string expected)
    {
        Write("core/user.py", code);
        Write("core/tests/test_user.py", "from core.p import FOR_TESTS_ONLY");
        var module = await ProbeAsync();
        Assert.Equal(expected, string.Join(", ", module.Imports.Select(import => import.Name + (import.Endpoint is null ? "" : " in " + import.Endpoint))));
    }

    [Fact]
    public async Task Fields_in_single_braces_count_only_where_the_code_calls_format()
    {
        Write("core/p.py", "A = 'x {{TASK}} {number}'\nB = ('in {language} '\n '{{lit}} {other}')\nC = 'no {field}'\nD = 'v {language}'\n");
        Write("core/user.py", "from core.p import A, B, C, D\ndef f(p):\n    p = p or D\n    t = D\n    return B.format(language=1), t.format(language=2)\n");
        Assert.Equal("A {{TASK}}; B {language}; D {language}", string.Join("; ", (await ProbeAsync()).Placeholders.Select(one => $"{one.Key} {string.Join(' ', one.Value)}")));
    }

    [Fact]
    public async Task What_cannot_be_known_is_told()
    {
        Write("core/star.py", "from core.p import *");
        Write("core/broken.py", "from core.p import (");
        var module = await ProbeAsync();
        Assert.Equal("api/core/star.py", Assert.Single(module.StarImports));
        Assert.StartsWith("core/broken.py", Assert.Single(module.Unread), StringComparison.Ordinal);
        Assert.False(module.HasStock);
    }

    [Theory]
    [InlineData("A = 1\nprint('noise')\nglobals()['B'] = 2\n", "A B", null, null)]
    [InlineData("A = 1\nB = 1 / 0\n", "", "ZeroDivisionError: division by zero", 2)]
    [InlineData("A = = 1\n", "", "SyntaxError: invalid syntax", 1)]
    [InlineData("from core.nothing import X\n", "", "ModuleNotFoundError: No module named 'core'", 1)]
    [InlineData("raise SystemExit(3)\n", "", "SystemExit: 3", 1)]
    [InlineData("import os\nos._exit(7)\n", "", "the process ended with exit code 7 while importing it", null)]
    public async Task A_candidate_is_imported_and_its_failure_placed(string code, string names, string? error, int? line)
    {
        Write("candidate", code);
        var candidate = (await ProbeAsync(Path.Combine(_root, "candidate"))).Candidate!;
        Assert.Equal((names, error, line), (string.Join(' ', candidate.Names.Where(name => name != "os")), candidate.Error, candidate.Line));
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, path))!);
        File.WriteAllText(Path.Combine(_root, path), text);
    }

    private async Task<ProbedModule> ProbeAsync(string? candidate = null)
    {
        var python = ExecutableSearch.Find("python3", Environment.GetEnvironmentVariable("PATH") ?? "");
        Assert.SkipWhen(python is null, "python3 is not on PATH, so the script cannot run.");
        var arguments = JsonSerializer.Serialize(new[] { new { module = "core.p", candidate } });
        var run = await new PythonProcess(python, TimeProvider.System).RunAsync(
            EmbeddedFile.Read("DifyUpgrade.Probing.prompt_probe.py"), [_root, arguments], default, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var report = ProbeReport.Read(run!.Output.Split('\n'));
        Assert.True(report is not null, run.Output + run.Errors);
        return Assert.Single(report.Modules);
    }
}
