namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Reads the text form of a label selector.</summary>
internal sealed class LabelSelectorReader
{
    private readonly List<string> _tokens;
    private int _next;

    private LabelSelectorReader(string text) => _tokens = [.. Split(text)];

    /// <summary>The conditions in it.</summary>
    public static IReadOnlyList<LabelRequirement> Read(string text)
    {
        var reader = new LabelSelectorReader(text);
        List<LabelRequirement> requirements = [];
        while (reader._next < reader._tokens.Count)
        {
            requirements.Add(reader.Requirement());
            if (reader._next < reader._tokens.Count)
            {
                reader.Expect(",");
                if (reader._next == reader._tokens.Count)
                    throw Unreadable("found '', expected: identifier after ','");
            }
        }

        return requirements;
    }

    private LabelRequirement Requirement()
    {
        if (Peek() == "!")
        {
            _next++;
            return new(Key(), LabelOperator.DoesNotExist, []);
        }

        var key = Key();
        switch (Peek())
        {
            case "" or ",":
                return new(key, LabelOperator.Exists, []);
            case "=" or "==":
                _next++;
                return new(key, LabelOperator.In, [Value()]);
            case "!=":
                _next++;
                return new(key, LabelOperator.NotIn, [Value()]);
            case ">" or "<":
                return new(key, Take() == ">" ? LabelOperator.Gt : LabelOperator.Lt, [Number()]);
            case "in" or "notin":
                return new(key, Take() == "in" ? LabelOperator.In : LabelOperator.NotIn, Values());
            default:
                throw Unreadable($"found '{Peek()}', expected: in, notin, =, ==, !=, gt, lt");
        }
    }

    private string Key()
    {
        var key = Take();
        if (key.Length == 0 || IsMark(key[0]))
            throw Unreadable($"found '{key}', expected: !, identifier, or 'end of string'");
        return Names.LabelKeyProblem(key) is { } problem ? throw Unreadable($"<nil>: Invalid value: \"{key}\": {problem}") : key;
    }

    /// <summary>Nothing after the operator is the empty value.</summary>
    private string Value()
    {
        if (Peek() is "" or ",")
            return "";
        var value = Take();
        if (IsMark(value[0]))
            throw Unreadable($"found '{value}', expected: identifier");
        return Names.LabelValueProblem(value) is { } problem ? throw Unreadable($"values[0]: Invalid value: \"{value}\": {problem}") : value;
    }

    private string Number()
    {
        var value = Value();
        return long.TryParse(value, out _) ? value : throw Unreadable($"values[0]: Invalid value: \"{value}\": for 'Gt', 'Lt' operators, the value must be an integer");
    }

    private List<string> Values()
    {
        if (Take() is var found && found != "(")
            throw Unreadable($"found '{found}' expected: '('");
        List<string> values = [];
        while (true)
        {
            values.Add(Peek() is ")" ? "" : Value());
            if (Peek() == ")")
                break;
            Expect(",");
        }

        _next++;
        return values;
    }

    private void Expect(string mark)
    {
        if (Take() is var found && found != mark)
            throw Unreadable($"found '{found}', expected: '{mark}'");
    }

    private string Peek() => _next < _tokens.Count ? _tokens[_next] : "";

    private string Take() => _next < _tokens.Count ? _tokens[_next++] : "";

    private static bool IsMark(char letter) => letter is '!' or '=' or '<' or '>' or '(' or ')' or ',';

    private static IEnumerable<string> Split(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            if (text[start] is '=' or '!')
                end += end < text.Length && text[end] == '=' ? 1 : 0;
            else if (!IsMark(text[start]) && !char.IsWhiteSpace(text[start]))
                end = WordEnd(text, end);
            if (!char.IsWhiteSpace(text[start]))
                yield return text[start..end];
            start = end;
        }
    }

    private static int WordEnd(string text, int end)
    {
        while (end < text.Length && !IsMark(text[end]) && !char.IsWhiteSpace(text[end]))
            end++;
        return end;
    }

    private static ApiException Unreadable(string why) => ApiException.BadRequest("unable to parse requirement: " + why);
}
