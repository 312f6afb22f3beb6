using System.Globalization;
using System.Xml.Linq;
using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Reporting;

/// <summary>A picture of the figures: above the ways side by side, below each target with its limit as one line for all.</summary>
internal static class Plot
{
    private const int Row = 22;
    private const int Left = 600;
    private const int Bars = 400;
    private const int Width = Left + Bars + 170;

    // A bar is cut off at twice the limit.
    private const double MostShare = 2;
    private const string Style = """
        text { font: 13px system-ui, sans-serif; fill: #24292f } .head { font-weight: 600 } .right { text-anchor: end }
        .here { fill: #2da44e } .other { fill: #8c959f } .missed { fill: #cf222e } .limit { stroke: #24292f; stroke-dasharray: 4 3 }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .limit { stroke: #e6edf3 } }
        """;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws it.</summary>
    /// <param name="figures">The figures.</param>
    /// <returns>SVG.</returns>
    public static string Draw(IEnumerable<Figure> figures)
    {
        var measured = figures.Where(figure => figure.Series.Count > 0).ToList();
        List<XElement> shapes = [];
        var y = 10;
        foreach (var figure in measured.Where(figure => figure.Series.Count > 1 && figure.Series.All(series => series.Unit == "s")))
        {
            shapes.Add(Text(10, y, figure.Title, "head"));
            y += Row;
            foreach (var series in figure.Series)
            {
                shapes.AddRange(Bar(y, series.Name, series.Median / figure.Series.Max(other => other.Median), Numbers.Text(series.Median, series.Unit), series.IsOurs || series == figure.Series[0] ? "here" : "other"));
                y += Row;
            }
        }

        shapes.Add(Text(10, y, "Share of the limit (shorter is better; the line is the limit)", "head"));
        var top = y += Row;
        foreach (var (figure, target) in measured.SelectMany(figure => figure.Targets.Select(target => (figure, target))))
        {
            shapes.AddRange(Bar(y, $"{figure.Name}: {target.What}", Math.Min(Share(target), MostShare) / MostShare, Value(target), target.Outcome == Outcome.Met ? "here" : "missed"));
            y += Row;
        }

        var limit = Left + (int)(Bars / MostShare);
        shapes.Add(new XElement(Svg + "line", new XAttribute("x1", limit), new XAttribute("x2", limit), new XAttribute("y1", top), new XAttribute("y2", y), new XAttribute("class", "limit")));
        return new XElement(Svg + "svg", new XAttribute("viewBox", $"0 0 {Width} {y + 10}"), new XAttribute("width", Width), new XAttribute("role", "img"), new XElement(Svg + "style", Style), shapes).ToString();
    }

    private static double Share(Verdict target) => target.Bound == Bound.AtMost ? target.Value!.Value / target.Limit : target.Limit / target.Value!.Value;

    private static string Value(Verdict target) =>
        $"{Numbers.Text(target.Value!.Value, target.Unit)} ({(target.Bound == Bound.AtMost ? "≤" : "≥")} {Numbers.Text(target.Limit, "")})";

    private static IEnumerable<XElement> Bar(int y, string label, double share, string value, string kind)
    {
        var width = Math.Max(share * Bars, 1);
        yield return Text(Left - 8, y, label, "right");
        yield return new XElement(
            Svg + "rect",
            new XAttribute("x", Left),
            new XAttribute("y", y + 3),
            new XAttribute("width", width.ToString("f1", CultureInfo.InvariantCulture)),
            new XAttribute("height", Row - 6),
            new XAttribute("class", kind));
        yield return Text(Left + width + 6, y, value, "value");
    }

    private static XElement Text(double x, int y, string text, string kind) => new(
        Svg + "text", new XAttribute("x", x.ToString("f1", CultureInfo.InvariantCulture)), new XAttribute("y", y + 15), new XAttribute("class", kind), text);
}
