namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>Reads as much of the shell's language as people type to look into a container or to write a small command.</summary>
internal sealed class ShellParser
{
    private const int MostDepth = 50;

    private static readonly string[] Closing = ["then", "else", "elif", "fi", "do", "done", "}", "esac"];
    private static readonly string[] Redirections = [">", ">>", "1>", "2>", "2>>", "&>", "<"];
    private static readonly string[] Duplications = ["2>&1", "1>&2", ">&2", ">&1"];

    private readonly List<ShellToken> _tokens;
    private int _at;
    private int _depth;

    private ShellParser(List<ShellToken> tokens, int depth) => (_tokens, _depth) = (tokens, depth);

    /// <summary>Reads a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="depth">How deep it lies in other scripts.</param>
    /// <exception cref="ShellSyntaxException">It cannot be read.</exception>
    public static ShellNode Parse(string script, int depth = 0)
    {
        var parser = new ShellParser(ShellLexer.Read(script, depth), depth);
        var all = parser.List();
        return parser._at == parser._tokens.Count ? all : throw parser.Unexpected();
    }

    private string? Operator => _at < _tokens.Count ? _tokens[_at].Operator : null;

    private string? Keyword => _at < _tokens.Count ? _tokens[_at].Word?.Plain : null;

    private Sequence List()
    {
        var nodes = new List<ShellNode>();
        while (true)
        {
            while (Operator is ";" or "\n" or "&")
                _at++;
            if (_at >= _tokens.Count || Operator is ")" or ";;" || Closing.Contains(Keyword))
                return new Sequence(nodes);
            nodes.Add(AndOr());
            if (_at < _tokens.Count && Operator is not (";" or "\n" or "&" or ")") && !Closing.Contains(Keyword))
                throw Unexpected();
        }
    }

    private Sequence Some() => List() is { Nodes.Count: > 0 } some ? some : throw Unexpected();

    private ShellNode AndOr()
    {
        var node = Pipe();
        while (Operator is "&&" or "||")
        {
            var onSuccess = _tokens[_at++].Operator == "&&";
            SkipLines();
            node = new Chain(node, onSuccess, Pipe());
        }

        return node;
    }

    private ShellNode Pipe()
    {
        var isNegated = false;
        for (; Keyword == "!"; _at++)
            isNegated = !isNegated;
        var nodes = new List<ShellNode> { Command() };
        while (Operator == "|")
        {
            _at++;
            SkipLines();
            nodes.Add(Command());
        }

        var node = nodes.Count == 1 ? nodes[0] : new Pipeline(nodes);
        return isNegated ? new Negation(node) : node;
    }

    private ShellNode Command()
    {
        GoDeeper();
        var redirections = new List<Redirection>();
        ShellNode node = Keyword switch
        {
            "if" => If(),
            "while" or "until" => WhileOrUntil(),
            "for" => For(),
            "{" => Group(),
            _ => Operator == "(" ? Parenthesis() : SimpleCommand(redirections),
        };
        while (Redirect() is { } redirection)
            redirections.Add(redirection);
        _depth--;
        return redirections.Count == 0 ? node : new Redirected(node, redirections);
    }

    private Simple SimpleCommand(List<Redirection> redirections)
    {
        var assignments = new List<(string, ShellWord)>();
        var words = new List<ShellWord>();
        while (_at < _tokens.Count)
        {
            if (Redirect() is { } redirection)
            {
                redirections.Add(redirection);
                continue;
            }

            if (_tokens[_at].Word is not { } word)
                break;
            if (words.Count == 0 && ShellAssignment.Of(word) is { } assignment)
                assignments.Add(assignment);
            else
                words.Add(word);
            _at++;
        }

        return words.Count + assignments.Count + redirections.Count > 0 ? new Simple(assignments, words) : throw Unexpected();
    }

    private Redirection? Redirect()
    {
        if (Operator is not { } found)
            return null;
        if (Duplications.Contains(found))
        {
            _at++;
            return new Redirection(found, null);
        }

        if (!Redirections.Contains(found))
            return null;
        _at++;
        return _at < _tokens.Count && _tokens[_at].Word is { } target ? new Redirection(found, _tokens[_at++].Word ?? target) : throw Unexpected();
    }

    private Conditional If()
    {
        GoDeeper();
        _at++;
        var condition = Some();
        Expect("then");
        var then = Some();
        if (Keyword == "elif")
            return new Conditional(condition, then, If());
        ShellNode? otherwise = null;
        if (Keyword == "else")
        {
            _at++;
            otherwise = Some();
        }

        Expect("fi");
        _depth--;
        return new Conditional(condition, then, otherwise);
    }

    private Loop WhileOrUntil()
    {
        var isWhile = Keyword == "while";
        _at++;
        var condition = Some();
        return new Loop(condition, isWhile, Body());
    }

    private ForEach For()
    {
        _at++;
        var variable = Keyword ?? throw Unexpected();
        _at++;
        var values = new List<ShellWord>();
        if (Keyword == "in")
        {
            for (_at++; _at < _tokens.Count && _tokens[_at].Word is { } word; _at++)
                values.Add(word);
        }

        while (Operator is ";" or "\n")
            _at++;
        return new ForEach(variable, values, Body());
    }

    private Sequence Body()
    {
        Expect("do");
        var body = Some();
        Expect("done");
        return body;
    }

    private Sequence Group()
    {
        _at++;
        var body = List();
        Expect("}");
        return body;
    }

    private Subshell Parenthesis()
    {
        _at++;
        var body = List();
        if (Operator != ")")
            throw Unexpected();
        _at++;
        return new Subshell(body);
    }

    private void Expect(string keyword)
    {
        if (Keyword != keyword)
            throw Unexpected(keyword);
        _at++;
    }

    private void GoDeeper()
    {
        if (++_depth > MostDepth)
            throw new ShellSyntaxException("nested too deep for the sandbox");
    }

    private void SkipLines()
    {
        while (Operator == "\n")
            _at++;
    }

    private ShellSyntaxException Unexpected(string? expected = null)
    {
        var seen = _at >= _tokens.Count ? "end of file" : _tokens[_at].Operator is { } found ? (found == "\n" ? "newline" : $"\"{found}\"") : Keyword is { } word ? $"\"{word}\"" : "word";
        return new ShellSyntaxException($"unexpected {seen}{(expected is null ? "" : $" (expecting \"{expected}\")")}");
    }
}
