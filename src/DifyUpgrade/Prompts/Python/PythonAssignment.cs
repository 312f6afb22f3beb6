using System.Collections.Frozen;

namespace DifyUpgrade.Prompts.Python;

/// <summary>Reads an assignment: the names it binds, and the text it gives them where that can be read off.</summary>
internal static class PythonAssignment
{
    private static readonly FrozenSet<string> Augmented = FrozenSet.Create(
        StringComparer.Ordinal, "+=", "-=", "*=", "/=", "//=", "%=", "**=", ">>=", "<<=", "&=", "|=", "^=", "@=");

    /// <summary>Reads a statement that may be an assignment.</summary>
    /// <param name="tokens">The statement.</param>
    /// <param name="scope">The block around it.</param>
    /// <param name="bindings">Takes what is found.</param>
    public static void Read(ReadOnlySpan<PythonToken> tokens, PythonScope scope, PythonBindings bindings)
    {
        List<(PythonToken Name, bool IsAlone)> targets = [];
        var (start, annotated, operation) = (0, -1, string.Empty);
        for (var index = 0; index < tokens.Length && !tokens[index].IsWord("lambda"); index++)
        {
            if (tokens[index].Depth > 0 || tokens[index].Kind != PythonTokenKind.Operator)
                continue;
            if (tokens[index].Text == ":" && start == 0)
            {
                annotated = index;
                continue;
            }

            if (tokens[index].Text != "=" && !Augmented.Contains(tokens[index].Text))
                continue;
            operation = tokens[index].Text;
            AddTargets(tokens[start..(annotated < 0 ? index : annotated)], targets);
            start = index + 1;
            if (annotated >= 0)
                break;
        }

        if (start > 0)
            Bind(targets, operation, tokens[start..], scope, bindings);
    }

    private static void AddTargets(ReadOnlySpan<PythonToken> tokens, List<(PythonToken Name, bool IsAlone)> targets)
    {
        var isAlone = tokens.Length == 1;
        foreach (var name in PythonTargetList.NamesIn(tokens))
            targets.Add((name, isAlone));
    }

    private static void Bind(
        List<(PythonToken Name, bool IsAlone)> targets, string operation, ReadOnlySpan<PythonToken> value, PythonScope scope, PythonBindings bindings)
    {
        var isUpdate = operation != "=" || Mentions(value, [.. targets.Select(target => target.Name.Text)]);
        var text = scope.IsConditional || operation is not ("=" or "+=") ? null : bindings.Definitions.TextOf(value);
        foreach (var (name, isAlone) in targets)
        {
            var before = operation == "+=" ? bindings.Definitions.Texts.GetValueOrDefault(name.Text) : PythonText.Empty;
            bindings.Bind(name, scope.IsConditional, isUpdate);
            if (isAlone && before is not null && text is not null)
                bindings.Definitions.SetText(name, before.Then(text));
        }
    }

    private static bool Mentions(ReadOnlySpan<PythonToken> value, HashSet<string> names)
    {
        foreach (var token in value)
        {
            if (token.IsIdentifier && names.Contains(token.Text))
                return true;
        }

        return false;
    }
}
