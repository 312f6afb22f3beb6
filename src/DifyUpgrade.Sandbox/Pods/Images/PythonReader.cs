using System.Text;
using System.Text.RegularExpressions;

namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>
/// Says what importing a prompts file would come to: its top-level names, or the error that a Python would raise. It
/// knows assignments, definitions, imports, <c>del</c> and <c>raise</c>, which is what such files are made of; other
/// statements count as harmless.
/// </summary>
internal static partial class PythonReader
{
    private static readonly string[] Blocks = ["if", "elif", "else", "try", "except", "finally", "with", "for", "while"];

    /// <summary>Reads a file.</summary>
    public static PythonModule Import(ReadOnlySpan<byte> content)
    {
        var text = Decode(content);
        if (text is null)
            return new PythonModule(new HashSet<string>(), "SyntaxError: (unicode error) 'utf-8' codec can't decode bytes: invalid start byte", 1);
        var statements = new PythonStatements(text);
        var all = statements.Read().ToList();
        if ((statements.Error ?? FirstBroken(all)) is { } error)
            return new PythonModule(new HashSet<string>(), (error.Message.StartsWith("unexpected indent", StringComparison.Ordinal) || error.Message.StartsWith("expected an indented", StringComparison.Ordinal) ? "IndentationError: " : "SyntaxError: ") + error.Message, error.Line);
        return Run(all);
    }

    private static string? Decode(ReadOnlySpan<byte> content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static PythonModule Run(List<PythonStatement> statements)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var insideDefinition = false;
        foreach (var statement in statements)
        {
            if (statement.Indent == 0)
                insideDefinition = Definition().IsMatch(statement.Text);
            if (statement.Indent > 0 && insideDefinition)
                continue;
            if (statement.Indent == 0 && Raised(statement) is { } error)
                return new PythonModule(names, error, statement.Line);
            foreach (var simple in statement.Text.Split(';'))
                Take(simple.Trim(), names);
        }

        return new PythonModule(names);
    }

    private static void Take(string text, HashSet<string> names)
    {
        if (Definition().Match(text) is { Success: true } definition)
            names.Add(definition.Groups[1].Value);
        else if (Import().Match(text) is { Success: true } import)
            names.UnionWith(Imported(import));
        else if (text.StartsWith("del ", StringComparison.Ordinal))
            names.ExceptWith(text[4..].Split(',').Select(name => name.Trim(' ', '(', ')')));
        else if (Annotated().Match(text) is { Success: true } annotated)
            names.Add(annotated.Groups[1].Value);
        else
            names.UnionWith(Assignment().Split(text).SkipLast(1).SelectMany(target => target.Split(',')).Select(name => name.Trim(' ', '(', ')', '[', ']', '*')).Where(name => Name().IsMatch(name)));
    }

    private static IEnumerable<string> Imported(Match import) => import.Groups[2].Value.Trim('(', ')', ' ').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(name => name.Split(" as ", StringSplitOptions.TrimEntries) is [_, var alias] ? alias : import.Groups[1].Success ? name : name.Split('.')[0]);

    private static string? Raised(PythonStatement statement)
    {
        if (Raise().Match(statement.Original) is not { Success: true } raise)
            return null;
        var message = raise.Groups[2].Success ? raise.Groups[2].Value : "";
        return message.Length == 0 ? raise.Groups[1].Value : $"{raise.Groups[1].Value}: {message}";
    }

    private static (string Message, int Line)? FirstBroken(List<PythonStatement> statements)
    {
        var expectsBlock = false;
        foreach (var statement in statements)
        {
            if (expectsBlock && statement.Indent == 0)
                return ("expected an indented block", statement.Line);
            if (statement is { Indent: > 0, Line: var line } && statement == statements[0])
                return ("unexpected indent", line);
            var keyword = statement.Text.Split(' ', ':', '(')[0];
            var opensBlock = Blocks.Contains(keyword) || Definition().IsMatch(statement.Text);
            if (opensBlock && !statement.Text.Contains(':', StringComparison.Ordinal))
                return ("expected ':'", statement.Line);
            expectsBlock = opensBlock && statement.Indent == 0 && statement.Text.EndsWith(':');
            if (Broken().IsMatch(statement.Text))
                return ("invalid syntax", statement.Line);
        }

        return expectsBlock ? ("expected an indented block", statements[^1].Line) : null;
    }

    [GeneratedRegex(@"^(?:async\s+)?(?:def|class)\s+(\w+)")]
    private static partial Regex Definition();

    [GeneratedRegex(@"^(?:from\s+([\w.]+)\s+)?import\s+(.+)$")]
    private static partial Regex Import();

    [GeneratedRegex(@"^(\w+)\s*:\s*[^=]+=(?!=)")]
    private static partial Regex Annotated();

    [GeneratedRegex(@"(?<![=!<>+\-*/%&|^:])=(?!=)")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^[A-Za-z_]\w*$")]
    private static partial Regex Name();

    [GeneratedRegex("^raise\\s+(\\w+)(?:\\(\\s*[\"'](.*?)[\"']\\s*\\))?", RegexOptions.Singleline)]
    private static partial Regex Raise();

    // Two words with nothing between, marks of a merge conflict, an assignment of nothing, a stray operator.
    [GeneratedRegex("""^(?:<<<<<<<|=======|>>>>>>>|[=)\]}*/,.?!]|(?!(?:if|elif|while|for|return|yield|await|assert|raise|del|import|from|global|nonlocal|not|lambda|with|async|class|def|print|match|case|type|except|else|try|finally|pass|break|continue)\b)[A-Za-z_]\w*\s+(?!(?:if|in|is|and|or|not|for|else)\b)[A-Za-z_"]|[\w.]+\s*=\s*$)""")]
    private static partial Regex Broken();
}
