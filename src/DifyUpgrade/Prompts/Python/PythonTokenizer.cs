namespace DifyUpgrade.Prompts.Python;

/// <summary>
/// Cuts a file into tokens, f-string fields included, in one pass: every step moves on or stops, and what is open lies on
/// a stack of its own, so no file makes it hang or overflow.
/// </summary>
internal sealed partial class PythonTokenizer
{
    private readonly string _text;
    private readonly List<PythonToken> _tokens = [];
    private readonly List<PythonFault> _faults = [];
    private readonly Stack<PythonNesting> _nesting = new();
    private readonly PythonIndentation _indentation = new();
    private int _at;
    private bool _atLineStart = true;
    private bool _stopped;

    private PythonTokenizer(string text) => _text = text;

    /// <summary>Tokenizes a file.</summary>
    /// <param name="text">Its text; lines end with a line feed.</param>
    /// <param name="faults">What is wrong, in order; after a fault that makes the rest meaningless there are no more tokens.</param>
    /// <returns>The tokens.</returns>
    public static IReadOnlyList<PythonToken> Read(string text, out IReadOnlyList<PythonFault> faults)
    {
        var tokenizer = new PythonTokenizer(text);
        while (!tokenizer._stopped && tokenizer._at < text.Length)
            tokenizer.Step();
        tokenizer.Finish();
        faults = tokenizer._faults;
        return tokenizer._tokens;
    }

    private void Step()
    {
        if (_nesting.TryPeek(out var open) && open.IsText)
            ReadText(open);
        else if (_atLineStart)
            ReadIndentation();
        else
            ReadToken(_text[_at]);
    }

    private void ReadToken(char character)
    {
        if (character is ' ' or '\t' or '\f')
            _at++;
        else if (character == '\n')
            EndLine();
        else if (character == '#')
            SkipComment();
        else if (character == '\\')
            JoinLines();
        else if (IsInField(character))
            ReadFieldDelimiter(character);
        else if (PythonString.FormAt(_text, _at, out var body) is { } form)
            ReadString(form, body);
        else if (char.IsAsciiDigit(character) || (character == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1])))
            Add(PythonTokenKind.Number, string.Empty, PythonLexemes.EndOfNumber(_text, _at));
        else if (PythonLexemes.EndOfName(_text, _at) is var end && end > _at)
            Add(PythonTokenKind.Name, PythonIdentifier.Normalize(_text[_at..end]), end);
        else
            ReadOperator();
    }

    private void ReadOperator()
    {
        var text = PythonLexemes.OperatorAt(_text, _at);
        if (text is null)
        {
            var shown = char.IsSurrogatePair(_text, _at) ? _text.Substring(_at, 2) : _text.Substring(_at, 1);
            Fault(_at, $"the character {PythonIdentifier.Show(shown)} cannot stand outside of a string", PythonIdentifier.RemedyFor(shown[0]));
            _at += shown.Length;
        }
        else if (text is "(" or "[" or "{")
        {
            Open(PythonNesting.Kinds.Bracket, text, default);
        }
        else if (text is ")" or "]" or "}")
        {
            Close(text);
        }
        else
        {
            Add(PythonTokenKind.Operator, text, _at + text.Length);
        }
    }

    private void Open(PythonNesting.Kinds kind, string text, PythonStringForm form)
    {
        var offset = _at;
        Add(PythonTokenKind.Operator, text, _at + text.Length);
        _nesting.Push(new PythonNesting(kind, text, offset, form, _tokens.Count));
    }

    private void Close(string text)
    {
        if (!_nesting.TryPeek(out var open))
        {
            Stop(_at, $"the bracket {text} closes nothing", "remove it, or add the bracket it should close");
        }
        else if (open.Closer != text)
        {
            Stop(_at, $"the bracket {text} does not match {open.Opener}, which stands open", $"close {open.Opener} with {open.Closer} first");
        }
        else
        {
            _nesting.Pop();
            Add(PythonTokenKind.Operator, text, _at + 1);
        }
    }

    private void EndLine()
    {
        if (_nesting.Count == 0)
        {
            EndLogicalLine();
            _atLineStart = true;
        }

        _at++;
    }

    private void EndLogicalLine()
    {
        if (_tokens.Count > 0 && _tokens[^1].Kind is not (PythonTokenKind.Newline or PythonTokenKind.Indent or PythonTokenKind.Dedent))
            _tokens.Add(new PythonToken(PythonTokenKind.Newline, string.Empty, _at, _at, Depth: 0));
    }

    private void SkipComment()
    {
        var end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }

    private void JoinLines()
    {
        if (_at + 1 < _text.Length && _text[_at + 1] != '\n')
            Stop(_at, "a backslash outside of a string is not the last character of its line", "remove it, or remove what follows it on the line");
        else if (_at + 2 >= _text.Length)
            Stop(_at, "the file ends after a backslash that joins its last line to nothing", "remove the backslash");
        else
            _at += 2;
    }

    private void Add(PythonTokenKind kind, string text, int end)
    {
        _tokens.Add(new PythonToken(kind, text, _at, end, _nesting.Count));
        _at = end;
    }

    private void Fault(int offset, string seen, string remedy) => _faults.Add(new PythonFault(offset, seen, remedy));

    private void Stop(int offset, string seen, string remedy)
    {
        Fault(offset, seen, remedy);
        _stopped = true;
    }
}
