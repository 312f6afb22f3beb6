using DifyUpgrade.Reporting;
using Xunit;

namespace DifyUpgrade.Tests.Reporting;

public sealed class LiveRegionTests : IDisposable
{
    private readonly SmallTerminal _terminal = new();

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void What_anybody_writes_stands_above_the_picture_whole_and_in_order()
    {
        using var region = new LiveRegion(_terminal);
        region.Draw(["tree", "├─ one", "└─ two"]);
        region.WriteLine("helm: first");
        region.Draw(["tree", "└─ three"]);
        region.Write("helm: sec");
        region.Draw(["tree", "├─ four", "├─ five", "└─ six"]);
        region.Write("ond\nhelm: third\nhelm: half");
        Assert.Equal(["helm: first", "helm: second", "helm: third", "tree", "├─ four", "├─ five", "└─ six"], _terminal.Lines);
    }

    [Fact]
    public void A_picture_that_shrinks_leaves_nothing_behind_and_the_last_one_stays()
    {
        using (var region = new LiveRegion(_terminal))
        {
            region.Draw(["a long first line", "second", "third"]);
            region.Draw(["short"]);
            region.Write("no line feed");
        }

        _terminal.Write("after\n");
        Assert.Equal(["no line feed", "short", "after"], _terminal.Lines);
    }

    /// <summary>Enough of a terminal to see what a person would see.</summary>
    private sealed class SmallTerminal : StringWriter
    {
        private readonly List<string> _lines = [""];
        private int _row;
        private int _column;

        public IEnumerable<string> Lines => _lines.Select(line => line.TrimEnd()).Take(_lines.FindLastIndex(line => line.Length > 0) + 1);

        public override void Write(string? value)
        {
            for (var i = 0; i < value!.Length; i++)
            {
                if (value[i] == '\n')
                    Feed();
                else if (value[i] == '\e')
                    i = Control(value, i + 2);
                else
                    Put(value[i]);
            }
        }

        private void Feed()
        {
            (_row, _column) = (_row + 1, 0);
            if (_row == _lines.Count)
                _lines.Add("");
        }

        private void Put(char letter)
        {
            _lines[_row] = (_column < _lines[_row].Length ? _lines[_row].Remove(_column, 1) : _lines[_row]).Insert(_column, $"{letter}");
            _column++;
        }

        private int Control(string value, int start)
        {
            var end = start;
            while (char.IsDigit(value[end]))
                end++;
            switch (value[end])
            {
                case 'F':
                    (_row, _column) = (_row - int.Parse(value[start..end], System.Globalization.CultureInfo.InvariantCulture), 0);
                    break;
                case 'K':
                    _lines[_row] = _lines[_row][..Math.Min(_column, _lines[_row].Length)];
                    break;
                case 'J':
                    _lines[_row] = _lines[_row][..Math.Min(_column, _lines[_row].Length)];
                    _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                    break;
                default:
                    throw new NotSupportedException($"control sequence {value[end]}");
            }

            return end;
        }
    }
}
