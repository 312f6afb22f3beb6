namespace DifyUpgrade.Prompts.Python;

/// <content>Strings, and the fields of f-strings.</content>
internal sealed partial class PythonTokenizer
{
    private void ReadString(PythonStringForm form, int body)
    {
        var start = _at;
        if (form.IsFormatted)
        {
            Add(PythonTokenKind.FStringStart, string.Empty, body);
            _nesting.Push(new PythonNesting(PythonNesting.Kinds.Text, "{", start, form, _tokens.Count));
            return;
        }

        var end = body;
        var stop = PythonString.ReadText(_text, ref end, form, inFormat: false);
        if (stop == PythonStringStop.Closed)
        {
            Add(PythonTokenKind.String, string.Empty, end + form.QuoteLength);
        }
        else if (form.IsTriple)
        {
            StopAtOpenString(start, form);
        }
        else
        {
            // The next line is sound again, so further faults are worth finding.
            FaultAtOpenString(start, form);
            Add(PythonTokenKind.String, string.Empty, end);
        }
    }

    private void ReadText(PythonNesting open)
    {
        var inFormat = open.Kind == PythonNesting.Kinds.Format;
        switch (PythonString.ReadText(_text, ref _at, open.Form, inFormat))
        {
            case PythonStringStop.Closed when inFormat:
                Stop(open.Offset, "a field of an f-string is never closed", "add the } that closes it, or write {{ for a plain brace");
                break;
            case PythonStringStop.Closed:
                _nesting.Pop();
                Add(PythonTokenKind.FStringEnd, string.Empty, _at + open.Form.QuoteLength);
                break;
            case PythonStringStop.Field:
                Open(PythonNesting.Kinds.Field, "{", open.Form);
                break;
            case PythonStringStop.FieldEnd:
                _nesting.Pop();
                _nesting.Pop();
                Add(PythonTokenKind.Operator, "}", _at + 1);
                break;
            case PythonStringStop.StrayBrace:
                Stop(_at, "a single } stands in an f-string", "write }} for a plain brace, or drop the f before the string");
                break;
            default:
                StopAtOpenString(open.Offset, open.Form);
                break;
        }
    }

    private bool IsInField(char character) =>
        _nesting.TryPeek(out var open) && open.Kind == PythonNesting.Kinds.Field && character switch
        {
            '}' or ':' => true,
            '!' => _at + 1 >= _text.Length || _text[_at + 1] != '=',
            _ => false,
        };

    private void ReadFieldDelimiter(char character)
    {
        var field = _nesting.Peek();
        if (_tokens.Count == field.TokensBefore)
        {
            Stop(field.Offset, "a field of an f-string is empty", "write {{ and }} for plain braces, or drop the f before the string");
            return;
        }

        if (character == '}')
            _nesting.Pop();
        Add(PythonTokenKind.Operator, character.ToString(), _at + 1);
        if (character == ':')
            _nesting.Push(field with { Kind = PythonNesting.Kinds.Format });
    }

    private void StopAtOpenString(int start, PythonStringForm form)
    {
        FaultAtOpenString(start, form);
        _stopped = true;
    }

    private void FaultAtOpenString(int start, PythonStringForm form)
    {
        var quotes = new string(form.Quote, form.QuoteLength);
        Fault(
            start,
            form.IsTriple ? $"the string opened by {quotes} is never closed" : $"the string opened by {quotes} is not closed on its line",
            form.IsTriple
                ? $"add the closing {quotes}; if it seems to be there, look for one too many in the text above"
                : $"add the closing {quotes}, or open and close it with three quotes if it is to span lines");
    }
}
