namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>A small program's arguments, sorted into options and the rest.</summary>
internal sealed class Options
{
    private readonly HashSet<char> _flags = [];
    private readonly Dictionary<char, string> _values = [];

    /// <summary>Sorts them.</summary>
    /// <param name="context">What the program finds.</param>
    /// <param name="flags">The options it knows.</param>
    /// <param name="valued">The options it knows that take a value.</param>
    public Options(ProgramContext context, string flags, string valued = "")
    {
        var rest = new List<string>();
        Name = context.Arguments[0][(context.Arguments[0].LastIndexOf('/') + 1)..];
        for (var index = 1; index < context.Arguments.Count; index++)
        {
            var argument = context.Arguments[index];
            if (argument == "--")
            {
                rest.AddRange(context.Arguments.Skip(index + 1));
                break;
            }

            if (argument.Length < 2 || argument[0] != '-' || argument.StartsWith("--", StringComparison.Ordinal))
                rest.Add(argument);
            else
                index += Take(argument, context.Arguments.ElementAtOrDefault(index + 1), flags, valued);
        }

        Rest = rest;
    }

    /// <summary>The program's name.</summary>
    public string Name { get; }

    /// <summary>What is no option.</summary>
    public IReadOnlyList<string> Rest { get; }

    /// <summary>The files to read; the input where none is named.</summary>
    public IReadOnlyList<string> Files => Rest.Count > 0 ? Rest : ["-"];

    /// <summary>The first option that the program does not know.</summary>
    public char? Unknown { get; private set; }

    /// <summary>What is answered to an unknown option.</summary>
    public IEnumerable<ProgramStep> Refusal => [Write.Line($"{Name}: unrecognized option: {Unknown} (of those the sandbox knows)", toError: true), new Exit(1)];

    /// <summary>Whether an option is there.</summary>
    public bool Has(char flag) => _flags.Contains(flag);

    /// <summary>The value of an option.</summary>
    public string? Value(char flag) => _values.GetValueOrDefault(flag);

    // How many more arguments it took.
    private int Take(string argument, string? next, string flags, string valued)
    {
        for (var at = 1; at < argument.Length; at++)
        {
            var flag = argument[at];
            if (valued.Contains(flag, StringComparison.Ordinal))
            {
                _values[flag] = at + 1 < argument.Length ? argument[(at + 1)..] : next ?? "";
                return at + 1 < argument.Length ? 0 : 1;
            }

            if (char.IsAsciiDigit(flag) && valued.Contains('n', StringComparison.Ordinal))
            {
                _values['n'] = argument[at..];
                return 0;
            }

            if (flags.Contains(flag, StringComparison.Ordinal))
                _flags.Add(flag);
            else
                Unknown ??= flag;
        }

        return 0;
    }
}
