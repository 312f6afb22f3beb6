using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace DifyUpgrade.Reports.Page;

/// <summary>HTML. What is put into a template is escaped, unless it is HTML itself: nothing can be forgotten.</summary>
/// <param name="text">The markup.</param>
internal readonly struct Html(string text)
{
    /// <summary>Nothing.</summary>
    public static Html None { get; } = new("");

    /// <summary>Fills a template in.</summary>
    /// <param name="template">The template.</param>
    /// <returns>The HTML.</returns>
    public static Html Of(HtmlTemplate template) => new(template.ToString());

    /// <inheritdoc/>
    public override string ToString() => text ?? "";
}

/// <summary>A template of HTML, written as an interpolated string.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlTemplate
{
    private const int UsualLength = 16;

    private readonly StringBuilder _text;

    /// <summary>Called by the compiler.</summary>
    /// <param name="literals">Characters of the template itself.</param>
    /// <param name="holes">Places to fill in.</param>
    public HtmlTemplate(int literals, int holes) => _text = new StringBuilder(literals + (holes * UsualLength));

    /// <summary>Markup of the template itself.</summary>
    /// <param name="markup">The markup.</param>
    public void AppendLiteral(string markup) => _text.Append(markup);

    /// <summary>Text, which is escaped; what no page may hold is left out.</summary>
    /// <param name="text">The text.</param>
    public void AppendFormatted(string? text)
    {
        var escaped = WebUtility.HtmlEncode(text) ?? "";
        _text.Append(escaped.Any(IsControl) ? string.Concat(escaped.Where(letter => !IsControl(letter))) : escaped);
    }

    /// <summary>A number.</summary>
    /// <param name="number">The number.</param>
    public void AppendFormatted(int number) => _text.Append(number);

    /// <summary>A number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="format">Its format.</param>
    public void AppendFormatted(double number, string format) => _text.Append(number.ToString(format, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>HTML, which is taken as it is.</summary>
    /// <param name="html">The HTML.</param>
    public void AppendFormatted(Html html) => _text.Append(html.ToString());

    /// <summary>HTML, one after the other.</summary>
    /// <param name="parts">The HTML.</param>
    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (var part in parts)
            _text.Append(part.ToString());
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static bool IsControl(char letter) => char.IsControl(letter) && letter is not ('\n' or '\t');
}
