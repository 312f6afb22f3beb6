using System.IO.Enumeration;
using System.Text;
using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>Makes the words of a script into what the commands get: variables, commands, splitting, file name patterns.</summary>
/// <param name="state">The shell.</param>
internal sealed class ShellExpansion(ShellState state)
{
    /// <summary>Expands words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="into">Where the results go.</param>
    /// <returns>The steps of the commands in them.</returns>
    public IEnumerable<ProgramStep> Expand(IReadOnlyList<ShellWord> words, List<string> into)
    {
        foreach (var word in words)
        {
            var fields = new List<(string Text, bool IsPattern)>();
            foreach (var step in Expand(word, fields))
                yield return step;
            into.AddRange(fields.SelectMany(field => field.IsPattern ? Matches(field.Text) : [field.Text]));
        }
    }

    private IEnumerable<ProgramStep> Expand(ShellWord word, List<(string Text, bool IsPattern)> fields)
    {
        var text = new StringBuilder();
        var (began, isPattern) = (false, false);
        foreach (var piece in word.Pieces)
        {
            var value = new StringBuilder();
            foreach (var step in Value(piece, value))
                yield return step;
            if (piece.IsQuoted || piece.Kind == PieceKind.Literal)
            {
                began = true;
                text.Append(value);
                isPattern |= !piece.IsQuoted && value.ToString().AsSpan().ContainsAny('*', '?');
                continue;
            }

            var parts = value.ToString().Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
            for (var index = 0; index < parts.Length; index++)
            {
                if (index > 0)
                {
                    fields.Add((text.ToString(), isPattern));
                    text.Clear();
                }

                text.Append(parts[index]);
                began = true;
            }
        }

        if (began)
            fields.Add((text.ToString(), isPattern));
    }

    private IEnumerable<ProgramStep> Value(ShellPiece piece, StringBuilder into)
    {
        if (piece.Kind != PieceKind.Command)
        {
            into.Append(piece.Kind == PieceKind.Literal ? piece.Text : state.Value(piece.Text));
            yield break;
        }

        using var output = new MemoryStream();
        var inner = state.Copy();
        foreach (var step in new ShellRun(inner).Run(ShellParser.Parse(piece.Text)))
        {
            if (step is Write { ToError: false } write)
                output.Write(write.Bytes.Span);
            else
                yield return step;
        }

        state.ExitCode = inner.ExitCode;
        into.Append(Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n'));
    }

    private List<string> Matches(string pattern)
    {
        var slash = pattern.LastIndexOf('/');
        var (folder, name) = (pattern[..(slash + 1)], pattern[(slash + 1)..]);
        try
        {
            var found = state.Context.Files.Names(state.Context.PathOf(folder))
                .Where(entry => (!entry.StartsWith('.') || name.StartsWith('.')) && FileSystemName.MatchesSimpleExpression(name, entry, ignoreCase: false))
                .Select(entry => folder + entry).ToList();
            return found.Count > 0 ? found : [pattern];
        }
        catch (FileError)
        {
            return [pattern];
        }
    }
}
