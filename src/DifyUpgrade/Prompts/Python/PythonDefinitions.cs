namespace DifyUpgrade.Prompts.Python;

/// <summary>Keeps what becomes of each name at top level.</summary>
/// <param name="source">The file.</param>
internal sealed class PythonDefinitions(PythonSource source)
{
    // A few show where; a generated file with more of them is no prompts file.
    private const int MostSeconds = 50;

    private readonly Dictionary<string, PythonText> _texts = new(StringComparer.Ordinal);
    private readonly List<(HashSet<string> Names, int Start, int End)> _statements = [];
    private readonly OrderedDictionary<string, PythonSecond> _rebound = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, PythonSecond> _deleted = new(StringComparer.Ordinal);

    /// <summary>The texts that can be read off.</summary>
    public IReadOnlyDictionary<string, PythonText> Texts => _texts;

    /// <summary>The statements at top level.</summary>
    public IReadOnlyList<PythonStatement> Statements => [.. _statements.Select(one => new PythonStatement(one.Names, one.Start, one.End))];

    /// <summary>Names bound a second time.</summary>
    public IReadOnlyList<PythonSecond> Rebound => [.. _rebound.Values];

    /// <summary>Names deleted again.</summary>
    public IReadOnlyList<PythonSecond> Deleted => [.. _deleted.Values];

    /// <summary>Begins a statement at top level.</summary>
    /// <param name="start">Its offset.</param>
    public void BeginStatement(int start) => _statements.Add((new HashSet<string>(StringComparer.Ordinal), start, start));

    /// <summary>Adds a line to the statement begun last.</summary>
    /// <param name="end">The offset after the line.</param>
    public void ExtendStatement(int end)
    {
        if (_statements.Count > 0)
            _statements[^1] = _statements[^1] with { End = end };
    }

    /// <summary>Notes that a name is bound; what text it had is no longer so.</summary>
    /// <param name="name">Its token.</param>
    /// <param name="isConditional">Whether the binding may not happen.</param>
    /// <param name="isUpdate">Whether it carries on with what the name held before.</param>
    /// <param name="before">What the name was bound to before, if it was.</param>
    public void Bind(PythonToken name, bool isConditional, bool isUpdate, PythonName? before)
    {
        Touch(name);
        if (isConditional)
            return;
        _deleted.Remove(name.Text);
        if (before is { IsConditional: false } && !isUpdate && _rebound.Count < MostSeconds)
            _rebound[name.Text] = Second(name, before);
    }

    /// <summary>Notes that a name is deleted.</summary>
    /// <param name="name">Its token.</param>
    /// <param name="isConditional">Whether that may not happen.</param>
    /// <param name="before">What the name was bound to before, if it was.</param>
    public void Delete(PythonToken name, bool isConditional, PythonName? before)
    {
        Touch(name);
        if (isConditional || before is null)
            return;
        _rebound.Remove(name.Text);
        if (_deleted.Count < MostSeconds)
            _deleted[name.Text] = Second(name, before);
    }

    /// <summary>The text of an expression.</summary>
    /// <param name="value">The expression.</param>
    /// <returns>The text; null when only running the file would tell.</returns>
    public PythonText? TextOf(ReadOnlySpan<PythonToken> value) => PythonText.Read(value, source.Text, _texts);

    /// <summary>Says which text a name has from here on.</summary>
    /// <param name="name">Its token.</param>
    /// <param name="text">The text; null when only running the file would tell.</param>
    public void SetText(PythonToken name, PythonText? text)
    {
        if (text is not null)
            _texts[name.Text] = text;
    }

    private void Touch(PythonToken name)
    {
        _texts.Remove(name.Text);
        if (_statements.Count > 0)
            _statements[^1].Names.Add(name.Text);
    }

    private static PythonSecond Second(PythonToken name, PythonName before) => new(name.Text, before.Line, name.Start);
}
