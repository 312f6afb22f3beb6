namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>A part of a shell script that can be run.</summary>
internal abstract record ShellNode;

/// <summary>One after another.</summary>
internal sealed record Sequence(IReadOnlyList<ShellNode> Nodes) : ShellNode;

/// <summary>The second only if the first went well, or only if it did not.</summary>
internal sealed record Chain(ShellNode First, bool OnSuccess, ShellNode Second) : ShellNode;

/// <summary>The output of each is the input of the next.</summary>
internal sealed record Pipeline(IReadOnlyList<ShellNode> Nodes) : ShellNode;

/// <summary>Turns the exit code round.</summary>
internal sealed record Negation(ShellNode Node) : ShellNode;

/// <summary>A command with its words and where its output goes.</summary>
internal sealed record Simple(IReadOnlyList<(string Name, ShellWord Value)> Assignments, IReadOnlyList<ShellWord> Words) : ShellNode;

/// <summary>A part of a script with redirections.</summary>
internal sealed record Redirected(ShellNode Node, IReadOnlyList<Redirection> Redirections) : ShellNode;

/// <summary>A redirection.</summary>
/// <param name="Operator">Such as <c>&gt;&gt;</c>.</param>
/// <param name="Target">The file; null for <c>2&gt;&amp;1</c> and the like.</param>
internal sealed record Redirection(string Operator, ShellWord? Target);

/// <summary><c>if</c>.</summary>
internal sealed record Conditional(ShellNode Condition, ShellNode Then, ShellNode? Else) : ShellNode;

/// <summary><c>while</c> and <c>until</c>.</summary>
internal sealed record Loop(ShellNode Condition, bool While, ShellNode Body) : ShellNode;

/// <summary><c>for</c>.</summary>
internal sealed record ForEach(string Variable, IReadOnlyList<ShellWord> Values, ShellNode Body) : ShellNode;

/// <summary>In parentheses: what it sets is forgotten afterwards.</summary>
internal sealed record Subshell(ShellNode Body) : ShellNode;
