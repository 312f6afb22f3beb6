using System.Text;

namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>Cuts a shell script into words and operators.</summary>
/// <param name="script">The script.</param>
/// <param name="depth">How deep it lies in other scripts.</param>
internal sealed class ShellLexer(string script, int depth)
{
    private const int Longest = 65_536;
    private const int MostDepth = 20;

    private static readonly string[] Operators = ["2>&1", "1>&2", ">&2", ">&1", "2>>", "2>", "&>", "1>", ">>", "&&", "||", ";;", ";", "&", "|", "<", ">", "(", ")", "\n"];

    private readonly List<ShellPiece> _pieces = [];
    private readonly StringBuilder _text = new();
    private int _at;
    private bool _inWord;

    /// <summary>The words and operators.</summary>
    /// <param name="script">The script.</param>
    /// <param name="depth">How deep it lies in other scripts.</param>
    /// <exception cref="ShellSyntaxException">It cannot be cut.</exception>
    public static List<ShellToken> Read(string script, int depth) =>
        script.Length <= Longest && depth <= MostDepth ? [.. new ShellLexer(script, depth).Tokens()] : throw new ShellSyntaxException("longer or deeper than the sandbox takes scripts");

    private IEnumerable<ShellToken> Tokens()
    {
        while (_at < script.Length)
        {
            var c = script[_at];
            if (c is ' ' or '\t' || (c == '#' && !_inWord))
            {
                if (EndWord() is { } word)
                    yield return word;
                Skip(c == '#');
            }
            else if (Operator() is { } found)
            {
                if (EndWord() is { } word)
                    yield return word;
                _at += found.Length;
                yield return new ShellToken(found, null);
            }
            else
            {
                TakePiece(c);
            }
        }

        if (EndWord() is { } last)
            yield return last;
    }

    private void Skip(bool isComment)
    {
        if (!isComment)
            _at++;
        else
            _at = script.IndexOf('\n', _at) is >= 0 and var end ? end : script.Length;
    }

    // "2>" begins a redirection only where a word could begin.
    private string? Operator()
    {
        foreach (var candidate in Operators)
        {
            if (string.CompareOrdinal(script, _at, candidate, 0, candidate.Length) == 0 && !(_inWord && char.IsDigit(candidate[0])))
                return candidate;
        }

        return null;
    }

    private void TakePiece(char c)
    {
        _inWord = true;
        switch (c)
        {
            case '\'':
                var end = script.IndexOf('\'', _at + 1);
                Add(script[(_at + 1)..Closing(end, "'")], PieceKind.Literal, isQuoted: true);
                _at = end + 1;
                break;
            case '"':
                TakeQuoted();
                break;
            case '\\':
                if (_at + 1 < script.Length && script[_at + 1] != '\n')
                    Add(script[_at + 1].ToString(), PieceKind.Literal, isQuoted: true);
                _at += 2;
                break;
            case '$' or '`':
                TakeExpansion(isQuoted: false);
                break;
            default:
                _text.Append(c);
                _at++;
                break;
        }
    }

    private void TakeQuoted()
    {
        var quoted = new StringBuilder();
        for (_at++; _at < script.Length && script[_at] != '"';)
        {
            if (script[_at] == '\\' && _at + 1 < script.Length && script[_at + 1] is '"' or '\\' or '$' or '`' or '\n')
            {
                quoted.Append(script[_at + 1] == '\n' ? "" : script[_at + 1].ToString());
                _at += 2;
            }
            else if (script[_at] is '$' or '`')
            {
                Add(quoted.ToString(), PieceKind.Literal, isQuoted: true);
                quoted.Clear();
                TakeExpansion(isQuoted: true);
            }
            else
            {
                quoted.Append(script[_at++]);
            }
        }

        Closing(_at < script.Length ? _at : -1, "\"");
        Add(quoted.ToString(), PieceKind.Literal, isQuoted: true);
        _at++;
    }

    private void TakeExpansion(bool isQuoted)
    {
        var next = _at + 1 < script.Length ? script[_at + 1] : ' ';
        if (script[_at] == '`')
            TakeUpTo(_at + 1, script.IndexOf('`', _at + 1), PieceKind.Command, isQuoted, "`");
        else if (next == '(')
            TakeUpTo(_at + 2, ClosingParenthesis(_at + 2), PieceKind.Command, isQuoted, ")");
        else if (next == '{')
            TakeUpTo(_at + 2, script.IndexOf('}', _at), PieceKind.Variable, isQuoted, "}");
        else if (char.IsAsciiLetter(next) || next == '_')
            TakeName(isQuoted);
        else if (char.IsAsciiDigit(next) || next is '?' or '$' or '#' or '@' or '*' or '!')
            TakeUpTo(_at + 1, _at + 2, PieceKind.Variable, isQuoted, "");
        else
            Literal('$', isQuoted);
    }

    private void Literal(char c, bool isQuoted)
    {
        Add(c.ToString(), PieceKind.Literal, isQuoted);
        _at++;
    }

    private void TakeName(bool isQuoted)
    {
        var end = _at + 1;
        while (end < script.Length && (char.IsAsciiLetterOrDigit(script[end]) || script[end] == '_'))
            end++;
        TakeUpTo(_at + 1, end, PieceKind.Variable, isQuoted, "");
    }

    private void TakeUpTo(int from, int end, PieceKind kind, bool isQuoted, string closing)
    {
        Add(script[from..Closing(end, closing)], kind, isQuoted);
        _at = end + closing.Length;
    }

    private int ClosingParenthesis(int from)
    {
        var depth = 1;
        for (var at = from; at < script.Length; at++)
        {
            depth += script[at] == '(' ? 1 : script[at] == ')' ? -1 : 0;
            if (depth == 0)
                return at;
        }

        return -1;
    }

    private static int Closing(int at, string mark) => at >= 0 ? at : throw new ShellSyntaxException(mark.Length == 1 && mark[0] is '\'' or '"' ? "unterminated quoted string" : $"unexpected end of file (expecting \"{mark}\")");

    private void Add(string text, PieceKind kind, bool isQuoted)
    {
        FlushText();

        // A command that cannot be read is found before anything is run.
        if (kind == PieceKind.Command)
            ShellParser.Parse(text, depth + 1);
        _pieces.Add(new ShellPiece(text, kind, isQuoted));
    }

    private void FlushText()
    {
        if (_text.Length == 0)
            return;
        _pieces.Add(new ShellPiece(_text.ToString(), PieceKind.Literal, IsQuoted: false));
        _text.Clear();
    }

    private ShellToken? EndWord()
    {
        FlushText();
        if (!_inWord)
            return null;
        var word = new ShellToken(null, new ShellWord([.. _pieces]));
        _pieces.Clear();
        _inWord = false;
        return word;
    }
}
