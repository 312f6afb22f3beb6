using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DifyUpgrade.Reporting;

/// <summary>
/// A picture at the foot of a terminal that is drawn over in place. While it is there it stands in for Console.Out:
/// every line that anybody writes goes above the picture, so none is hidden.
/// </summary>
internal sealed class LiveRegion : TextWriter
{
    [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "It is the process's own output, which outlives the picture")]
    private readonly TextWriter _terminal;
    private readonly Lock _lock = new();
    private readonly StringBuilder _begun = new();
    private IReadOnlyList<string> _picture = [];
    private int _height;
    private bool _standsIn;

    /// <summary>Begins one.</summary>
    /// <param name="terminal">The terminal.</param>
    public LiveRegion(TextWriter terminal)
        : base(System.Globalization.CultureInfo.InvariantCulture) => _terminal = terminal;

    /// <inheritdoc/>
    public override Encoding Encoding => _terminal.Encoding;

    /// <summary>Puts it in Console.Out's place, until it is disposed of.</summary>
    /// <returns>The region.</returns>
    public static LiveRegion Begin()
    {
        var region = new LiveRegion(Console.Out) { _standsIn = true };
        Console.SetOut(region);
        return region;
    }

    /// <summary>Draws the picture anew.</summary>
    /// <param name="lines">Its lines, none wider than the terminal.</param>
    public void Draw(IReadOnlyList<string> lines)
    {
        lock (_lock)
        {
            _picture = lines;
            Paint("");
        }
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + "\n");

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        lock (_lock)
        {
            // A line that has only begun waits for its end: the picture needs whole lines above it.
            _begun.Append(value);
            var text = _begun.ToString();
            var end = text.LastIndexOf('\n') + 1;
            if (end == 0)
                return;
            _begun.Remove(0, end);
            Paint(text[..end]);
        }
    }

    /// <summary>Ends it; the last picture stays, as a line like any other.</summary>
    /// <param name="disposing">Whether it is disposed of, not collected.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            End();
        base.Dispose(disposing);
    }

    private void End()
    {
        lock (_lock)
        {
            if (_begun.Length > 0)
                Paint(_begun.Append('\n').ToString());
            _begun.Clear();
            if (_standsIn)
                Console.SetOut(_terminal);
            _standsIn = false;
        }
    }

    // Line by line over the old one, not erased first: a terminal shows every state in between.
    private void Paint(string above)
    {
        var text = new StringBuilder();
        if (_height > 0)
            text.Append($"\e[{_height}F");
        foreach (var line in above.Split('\n').SkipLast(1).Concat(_picture))
            text.Append(line).Append("\e[K\n");
        text.Append("\e[J");
        _height = _picture.Count;
        _terminal.Write(text.ToString());
        _terminal.Flush();
    }
}
