using System.Text;
using DifyUpgrade.Sandbox.Pods.Images;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Pods;

public sealed class PythonReaderTests
{
    [Theory]
    [InlineData("A = 1\nB: str = 'x'\nC, D = 1, 2\nE = F = 3\n", "A B C D E F")]
    [InlineData("A = \"\"\"\nB = 1\n\"\"\"\n'''\nC = 2\n'''\n", "A")]
    [InlineData("A = (\n  B,\n  C == 1,\n)\nD = {'x': 1}\nE == 1\nf(G=1)\n", "A D")]
    [InlineData("def a():\n    B = 1\nclass C:\n    D = 1\nasync def e(): pass\n", "C a e")]
    [InlineData("import os\nimport a.b\nimport c as d\nfrom e import (\n  f,\n  g as h,\n)\n", "a d f h os")]
    [InlineData("if True:\n    A = 1\nelse:\n    B = 2\ntry:\n    C = 1\nexcept Exception:\n    pass\n", "A B C")]
    [InlineData("A = 1 # B = 2\nC = 'it\\'s' + \\\n  'D = 1'\ndel A\n", "C")]
    [InlineData("A = os.environ.get('X', 'y'); B = 2\nprint('x')\nassert A\n\"doc\"\n", "A B")]
    [InlineData("\uFEFFA = f\"{x!r}\"\r\nB = r'\\d'\r\n", "A B")]
    [InlineData("", "")]
    public void Names_are_what_stands_at_the_top_level(string source, string names)
    {
        var module = PythonReader.Import(Encoding.UTF8.GetBytes(source));
        Assert.Null(module.Error);
        Assert.Equal(names, string.Join(' ', module.Names.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("by hand", "SyntaxError: invalid syntax", 1)]
    [InlineData("A = 1\n<<<<<<< HEAD\nB = 2\n", "SyntaxError: invalid syntax", 2)]
    [InlineData("A = \"\"\"never closed\n", "SyntaxError: unterminated triple-quoted string literal (detected at line 2)", 1)]
    [InlineData("A = 'never closed\n", "SyntaxError: unterminated string literal (detected at line 1)", 1)]
    [InlineData("A = (1,\nB = 2\n", "SyntaxError: '(' was never closed", 1)]
    [InlineData("A = 1)\n", "SyntaxError: unmatched ')'", 1)]
    [InlineData("A = \n", "SyntaxError: invalid syntax", 1)]
    [InlineData("  A = 1\n", "IndentationError: unexpected indent", 1)]
    [InlineData("if True\n    A = 1\n", "SyntaxError: expected ':'", 1)]
    [InlineData("def a():\nB = 1\n", "IndentationError: expected an indented block", 2)]
    [InlineData("A = 1\nraise RuntimeError('no: never')\nB = 2\n", "RuntimeError: no: never", 2)]
    public void What_cannot_be_imported_says_why_and_where(string source, string error, int line)
    {
        var module = PythonReader.Import(Encoding.UTF8.GetBytes(source));
        Assert.Equal((error, line), (module.Error, module.ErrorLine));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_a_syntax_error() =>
        Assert.StartsWith("SyntaxError: (unicode error)", PythonReader.Import([0x41, 0xFF, 0x42]).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("nginx", "docker.io/library/nginx:latest")]
    [InlineData("langgenius/dify-api:1.12.1", "docker.io/langgenius/dify-api:1.12.1")]
    [InlineData("ghcr.io/a/b:c", "ghcr.io/a/b:c")]
    [InlineData("localhost:5000/a", "localhost:5000/a:latest")]
    [InlineData("registry:5000/a/b:1", "registry:5000/a/b:1")]
    [InlineData("a__b/c-d:1.0_x", "docker.io/a__b/c-d:1.0_x")]
    [InlineData("nginx:1@sha256:0000000000000000000000000000000000000000000000000000000000000000", "docker.io/library/nginx@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("nginx:::1", null)]
    [InlineData("Nginx", null)]
    [InlineData("", null)]
    [InlineData("a b", null)]
    public void References_are_read_as_registries_read_them(string text, string? fullName) => Assert.Equal(fullName, ImageReference.Parse(text)?.FullName);
}
