using System.Text;

namespace DifyUpgrade.Prompts.Python;

/// <summary>Reads statements that hold no block: assignments, imports, del, global and the rest.</summary>
internal static class PythonSimpleStatement
{
    /// <summary>Reads the statements of a line, which semicolons part.</summary>
    /// <param name="tokens">The line, or what follows a header's colon.</param>
    /// <param name="scope">The block around it.</param>
    /// <param name="bindings">Takes what is found.</param>
    public static void ReadAll(ReadOnlySpan<PythonToken> tokens, PythonScope scope, PythonBindings bindings)
    {
        var start = 0;
        for (var index = 0; index <= tokens.Length; index++)
        {
            if (index < tokens.Length && !(tokens[index].Depth == 0 && tokens[index].IsOperator(";")))
                continue;
            if (index > start)
                Read(tokens[start..index], scope, bindings);
            start = index + 1;
        }
    }

    private static void Read(ReadOnlySpan<PythonToken> tokens, PythonScope scope, PythonBindings bindings)
    {
        if (scope.IsHidden)
        {
            ReadHidden(tokens, bindings);
            return;
        }

        PythonExpressions.Read(tokens, bindings);
        var word = tokens[0].Kind == PythonTokenKind.Name ? tokens[0].Text : string.Empty;
        if (word == "import")
            bindings.BindAll(PythonTargets.OfImport(tokens[1..]), scope.IsConditional);
        else if (word == "from")
            ReadFromImport(tokens, scope, bindings);
        else if (word == "del")
            PythonTargetList.NamesIn(tokens[1..]).ForEach(name => bindings.Delete(name, scope.IsConditional));
        else if (word == "type" && tokens.Length > 2 && tokens[1].IsIdentifier)
            bindings.Bind(tokens[1], scope.IsConditional);
        else if (!PythonKeywords.IsKeyword(word))
            PythonAssignment.Read(tokens, scope, bindings);
    }

    private static void ReadHidden(ReadOnlySpan<PythonToken> tokens, PythonBindings bindings)
    {
        PythonExpressions.ReadHidden(tokens, bindings);
        if (!tokens[0].IsWord("global"))
            return;
        foreach (var token in tokens[1..])
        {
            if (token.IsIdentifier)
                bindings.DeclareGlobal(token);
        }
    }

    private static void ReadFromImport(ReadOnlySpan<PythonToken> tokens, PythonScope scope, PythonBindings bindings)
    {
        var import = 0;
        while (import < tokens.Length && !tokens[import].IsWord("import"))
            import++;
        if (import + 1 < tokens.Length && tokens[import + 1].IsOperator("*"))
            bindings.AddOpenEnd(tokens[0], $"from {Join(tokens[1..import])} import *", isStarImport: true);
        else if (import < tokens.Length)
            bindings.BindAll(PythonTargets.OfImport(tokens[(import + 1)..]), scope.IsConditional);
    }

    private static string Join(ReadOnlySpan<PythonToken> tokens)
    {
        var text = new StringBuilder();
        foreach (var token in tokens)
            text.Append(token.Text);
        return text.ToString();
    }
}
