using System.Text;

namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>One logical line of a Python file, its strings replaced by <c>""</c>.</summary>
/// <param name="Line">Where it begins, counted from one.</param>
/// <param name="Indent">How far it is indented.</param>
/// <param name="Text">The text, without comments.</param>
/// <param name="Original">The text with its strings.</param>
internal sealed record PythonStatement(int Line, int Indent, string Text, string Original);

/// <summary>Cuts a Python file into logical lines: strings and brackets may go over several lines.</summary>
/// <param name="source">The file.</param>
internal sealed class PythonStatements(string source)
{
    private readonly StringBuilder _text = new();
    private readonly Stack<char> _brackets = new();
    private int _at;
    private int _line = 1;

    /// <summary>Why the file cannot be read, and where; null when it can.</summary>
    public (string Message, int Line)? Error { get; private set; }

    /// <summary>The logical lines, up to the first that cannot be read.</summary>
    public IEnumerable<PythonStatement> Read()
    {
        var (start, from) = (_line, _at);
        while (_at < source.Length && Error is null)
        {
            var c = source[_at];
            if (c == '\n' && _brackets.Count == 0)
            {
                if (Statement(start, from) is { } statement)
                    yield return statement;
                _at++;
                (start, from) = (++_line, _at);
            }
            else
            {
                Take(c);
            }
        }

        if (Error is null && _brackets.Count > 0)
            Error = ($"'{_brackets.Peek()}' was never closed", start);
        if (Error is null && Statement(start, from) is { } last)
            yield return last;
    }

    private void Take(char c)
    {
        switch (c)
        {
            case '#':
                _at = source.IndexOf('\n', _at) is >= 0 and var end ? end : source.Length;
                break;
            case '"' or '\'':
                TakeString(c);
                break;
            case '\\' when _at + 1 < source.Length && source[_at + 1] == '\n':
                _at += 2;
                _line++;
                break;
            case '\n':
                _text.Append(' ');
                _line++;
                _at++;
                break;
            default:
                TakeBracket(c);
                _text.Append(c);
                _at++;
                break;
        }
    }

    private void TakeBracket(char c)
    {
        if (c is '(' or '[' or '{')
            _brackets.Push(c);
        if (c is not (')' or ']' or '}'))
            return;
        var opening = c == ')' ? '(' : c == ']' ? '[' : '{';
        if (_brackets.Count == 0)
            Error = ($"unmatched '{c}'", _line);
        else if (_brackets.Pop() is var open && open != opening)
            Error = ($"closing parenthesis '{c}' does not match opening parenthesis '{open}'", _line);
    }

    private void TakeString(char quote)
    {
        var start = _line;
        var isTriple = string.CompareOrdinal(source, _at, new string(quote, 3), 0, 3) == 0;
        var closing = new string(quote, isTriple ? 3 : 1);
        for (_at += closing.Length; _at < source.Length; _at++)
        {
            if (string.CompareOrdinal(source, _at, closing, 0, closing.Length) == 0)
            {
                _text.Append("\"\"");
                _at += closing.Length;
                return;
            }

            if (source[_at] == '\n' && !isTriple)
                break;
            _line += source[_at] == '\n' ? 1 : 0;
            if (source[_at] == '\\' && _at + 1 < source.Length)
                _line += source[++_at] == '\n' ? 1 : 0;
        }

        Error = (isTriple ? $"unterminated triple-quoted string literal (detected at line {_line})" : $"unterminated string literal (detected at line {start})", start);
    }

    private PythonStatement? Statement(int line, int from)
    {
        var text = _text.ToString().TrimEnd();
        _text.Clear();
        var trimmed = text.TrimStart();
        return trimmed.Length == 0 ? null : new PythonStatement(line, text.Length - trimmed.Length, trimmed, source[from.._at].Trim());
    }
}
