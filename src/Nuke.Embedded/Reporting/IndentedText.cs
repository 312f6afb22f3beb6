namespace Nuke.Common.Reporting;

/// <summary>Lines that are indented by what they belong to.</summary>
internal sealed class IndentedText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public IndentedText Line(string text = "")
    {
        _text.Append(' ', text.Length > 0 ? _depth * 2 : 0).Append(text).Append('\n');
        return this;
    }

    public IndentedText Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Line(line);
        return this;
    }

    /// <summary>Writes a heading, if there is one, and below it what belongs to it.</summary>
    public IndentedText Block(string? heading, Action content)
    {
        if (heading is not null)
            Line(heading);
        _depth++;
        content();
        _depth--;
        return this;
    }

    public override string ToString() => _text.ToString();
}
