namespace DifyUpgrade.Prompts.Python;

/// <summary>Gathers what statements bind, in the order they stand.</summary>
/// <param name="source">For line numbers.</param>
internal sealed class PythonBindings(PythonSource source)
{
    // One is enough to make the names uncertain; a few show where.
    private const int MostOpenEnds = 5;

    private readonly OrderedDictionary<string, PythonName> _names = new(StringComparer.Ordinal);
    private readonly List<PythonOpenEnd> _openEnds = [];
    private readonly HashSet<string> _globals = new(StringComparer.Ordinal);

    /// <summary>The names bound so far.</summary>
    public IReadOnlyList<PythonName> Names => [.. _names.Values];

    /// <summary>What may bind further names.</summary>
    public IReadOnlyList<PythonOpenEnd> OpenEnds => _openEnds;

    /// <summary>What became of each name: its text, its statements, whether it was bound twice or deleted.</summary>
    public PythonDefinitions Definitions { get; } = new(source);

    /// <summary>Names that bodies declare global.</summary>
    public IReadOnlySet<string> GlobalsOfBodies => _globals;

    /// <summary>Binds a name.</summary>
    /// <param name="name">Its token.</param>
    /// <param name="isConditional">Whether the binding may not happen.</param>
    /// <param name="isUpdate">Whether it carries on with what the name held before, so that both bindings count.</param>
    public void Bind(PythonToken name, bool isConditional, bool isUpdate = false)
    {
        Definitions.Bind(name, isConditional, isUpdate, _names.GetValueOrDefault(name.Text));

        // PEP 562: `from file import ANYTHING` asks this function for what is not there.
        if (name.Text == "__getattr__")
            AddOpenEnd(name, "__getattr__", isStarImport: false);
        if (_names.TryGetValue(name.Text, out var known) && (isConditional || !known.IsConditional))
            return;
        _names[name.Text] = new PythonName(name.Text, source.LineOf(name.Start), name.Start, isConditional);
    }

    /// <summary>Binds several names.</summary>
    /// <param name="names">Their tokens.</param>
    /// <param name="isConditional">Whether the binding may not happen.</param>
    public void BindAll(IEnumerable<PythonToken> names, bool isConditional)
    {
        foreach (var name in names)
            Bind(name, isConditional);
    }

    /// <summary>Takes a name away again.</summary>
    /// <param name="name">Its token.</param>
    /// <param name="isConditional">Whether that may not happen; then the name stays, in doubt.</param>
    public void Delete(PythonToken name, bool isConditional)
    {
        Definitions.Delete(name, isConditional, _names.GetValueOrDefault(name.Text));
        if (!isConditional)
            _names.Remove(name.Text);
        else if (_names.TryGetValue(name.Text, out var known))
            _names[name.Text] = known with { IsConditional = true };
    }

    /// <summary>Notes a name that a body declares global.</summary>
    /// <param name="name">Its token.</param>
    public void DeclareGlobal(PythonToken name) => _globals.Add(name.Text);

    /// <summary>Notes something that may bind names unseen.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="text">What it is.</param>
    /// <param name="isStarImport">Whether it is an <c>import *</c>.</param>
    public void AddOpenEnd(PythonToken place, string text, bool isStarImport)
    {
        if (_openEnds.Count < MostOpenEnds || (isStarImport && !_openEnds.Exists(end => end.IsStarImport)))
            _openEnds.Add(new PythonOpenEnd(text, isStarImport, source.LineOf(place.Start), source.ColumnOf(place.Start)));
    }
}
