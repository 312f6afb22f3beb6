using System.Collections.Frozen;

namespace DifyUpgrade.Prompts.Python;

/// <summary>Walks the logical lines of a file, keeps account of the blocks they stand in, and hands each to its reader.</summary>
/// <param name="bindings">Takes what is found.</param>
internal sealed class PythonStatements(PythonBindings bindings)
{
    private static readonly FrozenSet<string> BlockWords = FrozenSet.Create(
        StringComparer.Ordinal, "if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class");

    // At top level these carry on with the statement before; a decorator belongs to what follows it.
    private static readonly FrozenSet<string> Continuations = FrozenSet.Create(StringComparer.Ordinal, "elif", "else", "except", "finally");

    private readonly List<PythonScope> _scopes = [default];
    private (PythonToken Header, PythonScope Scope)? _opened;
    private bool _isDecorated;
    private PythonFault? _fault;

    /// <summary>Reads lines until the end or the first fault, as Python does.</summary>
    /// <param name="lines">The file's logical lines.</param>
    /// <param name="bindings">Takes what is found.</param>
    /// <returns>The first fault; null when there is none.</returns>
    public static PythonFault? Read(IReadOnlyList<PythonLogicalLine> lines, PythonBindings bindings)
    {
        var reader = new PythonStatements(bindings);
        foreach (var line in lines)
        {
            reader.TakeIndentation(line);
            reader.TakeStatement(line.Tokens.Span);
            reader.ReadLine(line.Tokens.Span);
            if (reader._fault is not null)
                return reader._fault;
        }

        return reader._opened is { } opened ? MissingBlock(opened.Header, opened.Header.Start) : null;
    }

    private static PythonFault MissingBlock(PythonToken header, int offset) =>
        new(offset, $"an indented block should follow {header.Text}", $"indent the lines that belong to {header.Text}, or write pass there");

    private static int HeaderColon(ReadOnlySpan<PythonToken> tokens)
    {
        var lambdas = 0;
        for (var index = 0; index < tokens.Length; index++)
        {
            if (tokens[index].Depth > 0)
                continue;
            if (tokens[index].IsWord("lambda"))
                lambdas++;
            else if (tokens[index].IsOperator(":") && lambdas-- == 0)
                return index;
        }

        return -1;
    }

    private void TakeIndentation(PythonLogicalLine line)
    {
        var depth = _scopes.Count - 1;
        var first = line.Tokens.Span[0].Start;
        if (_opened is { } opened)
        {
            if (line.Depth <= depth)
                _fault = MissingBlock(opened.Header, first);
            _scopes.Add(opened.Scope);
            _opened = null;
        }
        else if (line.Depth > depth)
        {
            _fault = new PythonFault(first, "the line is indented deeper than the one before, which opens no block", "indent it as the lines around it");
        }
        else
        {
            _scopes.RemoveRange(line.Depth + 1, depth - line.Depth);
        }
    }

    private void TakeStatement(ReadOnlySpan<PythonToken> tokens)
    {
        if (_scopes.Count == 1)
        {
            if (!_isDecorated && !(tokens[0].Kind == PythonTokenKind.Name && Continuations.Contains(tokens[0].Text)))
                bindings.Definitions.BeginStatement(tokens[0].Start);
            _isDecorated = tokens[0].IsOperator("@");
        }

        bindings.Definitions.ExtendStatement(tokens[^1].End);
    }

    private void ReadLine(ReadOnlySpan<PythonToken> tokens)
    {
        var keywordAt = tokens[0].IsWord("async") && tokens.Length > 1 ? 1 : 0;
        var keyword = tokens[keywordAt];
        var isSoft = IsSoftBlock(tokens);
        _fault ??= PythonAdjacency.FaultIn(tokens, isSoft);
        if (_fault is not null)
            return;

        if (isSoft || (keyword.Kind == PythonTokenKind.Name && BlockWords.Contains(keyword.Text)))
            ReadBlock(keyword, tokens[(keywordAt + 1)..]);
        else if (!tokens[0].IsOperator("@"))
            PythonSimpleStatement.ReadAll(tokens, _scopes[^1], bindings);
        else if (!_scopes[^1].IsHidden)
            PythonExpressions.Read(tokens, bindings);
    }

    private bool IsSoftBlock(ReadOnlySpan<PythonToken> tokens)
    {
        if (tokens[0].IsWord("case"))
            return _scopes[^1].IsMatch;

        // `match` is an ordinary name unless its line ends as a header does.
        return tokens[0].IsWord("match") && tokens.Length > 2 && tokens[^1].Depth == 0 && tokens[^1].IsOperator(":");
    }

    private void ReadBlock(PythonToken keyword, ReadOnlySpan<PythonToken> rest)
    {
        var colon = HeaderColon(rest);
        if (colon < 0)
        {
            _fault = new PythonFault(keyword.Start, $"no colon follows {keyword.Text}", $"end the line that begins with {keyword.Text} with a colon");
            return;
        }

        var scope = _scopes[^1];
        if (scope.IsHidden)
            PythonExpressions.ReadHidden(rest[..colon], bindings);
        else
            BindHeader(keyword.Text, rest[..colon], scope.IsConditional);
        if (colon == rest.Length - 1)
            _opened = (keyword, scope.Within(keyword.Text));
        else
            PythonSimpleStatement.ReadAll(rest[(colon + 1)..], scope.Within(keyword.Text), bindings);
    }

    private void BindHeader(string word, ReadOnlySpan<PythonToken> header, bool isConditional)
    {
        PythonExpressions.Read(header, bindings);
        if (word is "def" or "class" && header.Length > 0)
            bindings.Bind(header[0], isConditional);
        else if (word == "for")
            bindings.BindAll(PythonTargetList.NamesIn(BeforeIn(header)), isConditional: true);
        else if (word == "with")
            bindings.BindAll(PythonTargets.OfAs(header), isConditional: true);
        else if (word == "case")
            bindings.BindAll(PythonTargets.OfPattern(header), isConditional: true);
        else if (word == "except")
            PythonTargets.OfAs(header).ForEach(name => bindings.Delete(name, isConditional: true)); // Python unbinds it after the block.
    }

    private static ReadOnlySpan<PythonToken> BeforeIn(ReadOnlySpan<PythonToken> header)
    {
        for (var index = 0; index < header.Length; index++)
        {
            if (header[index].Depth == 0 && header[index].IsWord("in"))
                return header[..index];
        }

        return [];
    }
}
