using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>Runs a shell script, as a lazy sequence of steps.</summary>
/// <param name="state">What the shell remembers.</param>
internal sealed class ShellRun(ShellState state)
{
    /// <summary>How many scripts may run inside one another.</summary>
    public const int MostDepth = 20;

    private readonly ShellExpansion _expansion = new(state);

    /// <summary>Runs a part of a script; its exit code is in the state afterwards.</summary>
    public IEnumerable<ProgramStep> Run(ShellNode node) => state.HasExited ? [] : node switch
    {
        Sequence sequence => sequence.Nodes.SelectMany(Run),
        Chain chain => RunChain(chain),
        Negation negation => RunNegation(negation),
        Pipeline pipeline => RunPipeline(pipeline),
        Redirected redirected => RunRedirected(redirected),
        Conditional conditional => RunConditional(conditional),
        Loop loop => RunLoop(loop),
        ForEach each => RunForEach(each),
        Subshell subshell => RunSubshell(subshell.Body),
        Simple simple => RunSimple(simple),
        _ => [],
    };

    private IEnumerable<ProgramStep> RunChain(Chain chain)
    {
        foreach (var step in Run(chain.First))
            yield return step;
        if (state.ExitCode == 0 != chain.OnSuccess)
            yield break;
        foreach (var step in Run(chain.Second))
            yield return step;
    }

    private IEnumerable<ProgramStep> RunNegation(Negation negation)
    {
        foreach (var step in Run(negation.Node))
            yield return step;
        state.ExitCode = state.ExitCode == 0 ? 1 : 0;
    }

    private IEnumerable<ProgramStep> RunPipeline(Pipeline pipeline)
    {
        var input = state.Context.Input;
        foreach (var node in pipeline.Nodes.SkipLast(1))
        {
            using var output = new MemoryStream();
            foreach (var step in RunWith(input, node, state.Copy()))
            {
                if (step is Write { ToError: false } write)
                    output.Write(write.Bytes.Span);
                else
                    yield return step;
            }

            input = output.ToArray();
        }

        var last = state.Copy();
        foreach (var step in RunWith(input, pipeline.Nodes[^1], last))
            yield return step;
        state.ExitCode = last.ExitCode;
    }

    private static IEnumerable<ProgramStep> RunWith(ReadOnlyMemory<byte>? input, ShellNode node, ShellState inner)
    {
        inner.Context = inner.Context with { Input = input };
        return new ShellRun(inner).Run(node);
    }

    private IEnumerable<ProgramStep> RunSubshell(ShellNode body)
    {
        var inner = state.Copy();
        foreach (var step in new ShellRun(inner).Run(body))
            yield return step;
        state.ExitCode = inner.ExitCode;
    }

    private IEnumerable<ProgramStep> RunConditional(Conditional conditional)
    {
        foreach (var step in Run(conditional.Condition))
            yield return step;
        var branch = state.ExitCode == 0 ? conditional.Then : conditional.Else;
        state.ExitCode = 0;
        foreach (var step in branch is null ? [] : Run(branch))
            yield return step;
    }

    private IEnumerable<ProgramStep> RunLoop(Loop loop)
    {
        while (true)
        {
            foreach (var step in Run(loop.Condition))
                yield return step;
            if (state.HasExited || state.ExitCode == 0 != loop.While)
                break;

            // A loop that never waits must not hold up everything else.
            yield return new Wait(TimeSpan.FromMilliseconds(1));
            foreach (var step in Run(loop.Body))
                yield return step;
        }

        state.ExitCode = state.HasExited ? state.ExitCode : 0;
    }

    private IEnumerable<ProgramStep> RunForEach(ForEach each)
    {
        var values = new List<string>();
        foreach (var step in _expansion.Expand(each.Values, values))
            yield return step;
        foreach (var value in values)
        {
            state.Set(each.Variable, value);
            foreach (var step in Run(each.Body))
                yield return step;
        }
    }

    private IEnumerable<ProgramStep> RunRedirected(Redirected redirected)
    {
        var outer = state.Context;
        var outputs = new ShellOutputs(outer);
        foreach (var redirection in redirected.Redirections)
        {
            var target = new List<string>();
            foreach (var step in redirection.Target is null ? [] : _expansion.Expand([redirection.Target], target))
                yield return step;
            if (outputs.Redirect(redirection.Operator, string.Join(' ', target)) is not { } complaint)
                continue;
            state.ExitCode = 1;
            yield return Write.Line(complaint, toError: true);
            yield break;
        }

        state.Context = outer with { Input = outputs.Input ?? outer.Input };
        foreach (var step in Run(redirected.Node))
        {
            if (outputs.Route(step) is { } seen)
                yield return seen;
        }

        state.Context = state.Context with { Input = outer.Input };
        outputs.Flush();
    }

    private IEnumerable<ProgramStep> RunSimple(Simple simple)
    {
        var words = new List<string>();
        foreach (var step in _expansion.Expand(simple.Words, words))
            yield return step;
        var assignments = new List<string>();
        foreach (var step in _expansion.Expand([.. simple.Assignments.Select(assignment => assignment.Value)], assignments))
            yield return step;
        var isBuiltin = words.Count > 0 && ShellBuiltins.Find(words[0]) is not null;
        var inner = words.Count == 0 || isBuiltin || assignments.Count == 0 ? state : state.Copy();
        for (var index = 0; index < assignments.Count; index++)
        {
            inner.Set(simple.Assignments[index].Name, assignments[index]);
            if (inner != state)
                inner.Export(simple.Assignments[index].Name);
        }

        if (words.Count == 0)
            yield break;
        foreach (var step in isBuiltin ? ShellBuiltins.Find(words[0])!(this, state, words) : new ShellRun(inner).RunProgram(words))
            yield return step;
        state.ExitCode = inner.ExitCode;
        if (state.EndsOnFailure && state.ExitCode != 0)
            state.HasExited = true;
    }

    /// <summary>Runs a program of the container.</summary>
    public IEnumerable<ProgramStep> RunProgram(IReadOnlyList<string> words)
    {
        var context = state.Context with { Arguments = words, Environment = state.Environment, Depth = state.Context.Depth + 1 };
        if (context.Depth > MostDepth)
            throw new ShellSyntaxException("scripts call scripts too deep for the sandbox");
        if (ProgramTable.Find(context) is not { } program)
        {
            state.ExitCode = 127;
            yield return Write.Line($"sh: {words[0]}: not found", toError: true);
            yield break;
        }

        state.ExitCode = 0;
        foreach (var step in program)
        {
            if (step is Exit exit)
            {
                state.ExitCode = exit.Code;
                yield break;
            }

            yield return step;
        }
    }
}
