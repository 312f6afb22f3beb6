namespace DifyUpgrade.Prompts.Python;

/// <content>Where lines begin and the file ends.</content>
internal sealed partial class PythonTokenizer
{
    private void ReadIndentation()
    {
        var end = _at;
        while (end < _text.Length && _text[end] is ' ' or '\t' or '\f')
            end++;
        if (end < _text.Length && _text[end] is not ('\n' or '#'))
        {
            TakeIndentation(end);
            return;
        }

        // Blank lines and lines with only a comment have no indentation.
        _at = end;
        SkipComment();
        _at = Math.Min(_at + 1, _text.Length);
    }

    private void TakeIndentation(int end)
    {
        var before = _indentation.Depth;
        var change = _indentation.Take(_text.AsSpan(_at, end - _at));
        _at = end;
        _atLineStart = false;
        if (change == PythonIndentation.Change.Inconsistent)
            Stop(end, "tabs and spaces are mixed in the indentation", "indent with spaces only, four to a level");
        else if (change == PythonIndentation.Change.Unmatched)
            Stop(end, "the line is indented less than the one before, but not as deep as any line above", "indent it as deep as the block it belongs to");
        else if (change == PythonIndentation.Change.Deeper)
            Add(PythonTokenKind.Indent, string.Empty, end);
        else
            AddDedents(before - _indentation.Depth);
    }

    private void AddDedents(int count)
    {
        for (; count > 0; count--)
            Add(PythonTokenKind.Dedent, string.Empty, _at);
    }

    private void Finish()
    {
        if (_stopped)
            return;
        if (_nesting.TryPeek(out var open))
        {
            if (open.IsText)
                StopAtOpenString(open.Offset, open.Form);
            else
                Stop(open.Offset, $"the bracket {open.Opener} is never closed", $"add the {open.Closer} that closes it");
            return;
        }

        EndLogicalLine();
        AddDedents(_indentation.Depth);
    }
}
