using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>What a running shell remembers.</summary>
internal sealed class ShellState
{
    private readonly Dictionary<string, string> _variables;
    private readonly HashSet<string> _exported;

    /// <summary>A shell that starts.</summary>
    public ShellState(ProgramContext context, IReadOnlyList<string> arguments)
    {
        (Context, Arguments) = (context, arguments);
        _variables = new Dictionary<string, string>(context.Environment, StringComparer.Ordinal) { ["PWD"] = context.Folder };
        _exported = [.. _variables.Keys];
    }

    private ShellState(ShellState other)
    {
        (Context, Arguments, ExitCode) = (other.Context, other.Arguments, other.ExitCode);
        _variables = new Dictionary<string, string>(other._variables, StringComparer.Ordinal);
        _exported = [.. other._exported];
    }

    /// <summary>What its commands find.</summary>
    public ProgramContext Context { get; set; }

    /// <summary><c>$0</c>, <c>$1</c> …</summary>
    public IReadOnlyList<string> Arguments { get; set; }

    /// <summary>The exit code of the last command.</summary>
    public int ExitCode { get; set; }

    /// <summary>Whether the shell has ended.</summary>
    public bool HasExited { get; set; }

    /// <summary>Whether it ends at the first command that fails.</summary>
    public bool EndsOnFailure { get; set; }

    /// <summary>A shell that starts as a copy.</summary>
    public ShellState Copy() => new(this);

    /// <summary>What its commands find in the environment.</summary>
    public Dictionary<string, string> Environment => _variables.Where(variable => _exported.Contains(variable.Key)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Sets a variable.</summary>
    public void Set(string name, string value) => _variables[name] = value;

    /// <summary>Takes a variable out.</summary>
    public void Unset(string name) => _variables.Remove(name);

    /// <summary>Hands a variable on to the commands.</summary>
    public void Export(string name) => _exported.Add(name);

    /// <summary>The value of a variable or of an expression such as <c>NAME:-value</c>; empty where there is none.</summary>
    public string Value(string expression) => expression switch
    {
        "?" => $"{ExitCode}",
        "$" => $"{Context.Process}",
        "#" => $"{Math.Max(0, Arguments.Count - 1)}",
        "@" or "*" => string.Join(' ', Arguments.Skip(1)),
        _ when int.TryParse(expression, out var index) => Arguments.ElementAtOrDefault(index) ?? "",
        _ when expression.StartsWith('#') => $"{Value(expression[1..]).Length}",
        _ => Defaulted(expression),
    };

    private string Defaulted(string expression)
    {
        var colon = expression.IndexOf(":-", StringComparison.Ordinal);
        if (colon < 0)
            return _variables.GetValueOrDefault(expression, "");
        return _variables.GetValueOrDefault(expression[..colon]) is { Length: > 0 } value ? value : expression[(colon + 2)..];
    }
}
