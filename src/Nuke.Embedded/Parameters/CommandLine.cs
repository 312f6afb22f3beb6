namespace Nuke.Common.ValueInjection;

/// <summary>What the command line says.</summary>
/// <param name="Targets">Targets named without <c>--target</c>; null if there are none.</param>
/// <param name="Values">Texts by parameter.</param>
/// <param name="WantsHelp">Whether <c>--help</c> is among the arguments.</param>
internal sealed record CommandLine(
    IReadOnlyList<string>? Targets,
    IReadOnlyDictionary<Parameter, IReadOnlyList<string>> Values,
    bool WantsHelp);

/// <summary>Reads <c>[targets…] [--name value…] [--name=value] [-- targets…]</c>.</summary>
internal sealed class CommandLineParser(ParameterCatalog catalog, IReadOnlyList<string> targetNames, Problems problems)
{
    private readonly Dictionary<Parameter, IReadOnlyList<string>> _values = [];
    private readonly List<string> _targets = [];
    private readonly Queue<string> _rest = new();

    public CommandLine Parse(IReadOnlyList<string> arguments)
    {
        foreach (var argument in arguments)
            _rest.Enqueue(argument);
        while (_rest.TryDequeue(out var token))
        {
            if (token == "--")
                _targets.AddRange(TakeWhile(_ => true));
            else if (IsName(token))
                ReadNamed(token);
            else
                _targets.Add(token);
        }

        var targets = _targets.SelectMany(token => token.Split('+', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var wantsHelp = _values.TryGetValue(catalog.Help, out var help) && help is not ["false"];
        return new CommandLine(targets.Count > 0 ? targets : null, _values, wantsHelp);
    }

    // A single dash is a value by custom: standard input.
    private static bool IsName(string token) => token is ['-', _, ..];

    private void ReadNamed(string token)
    {
        var equals = token.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? token : token[..equals];
        var parameter = catalog.Find(name);
        var meant = parameter ?? catalog.FindNearest(name);
        var values = equals >= 0 ? [token[(equals + 1)..]] : TakeValues(meant);
        if (parameter is null)
            problems.Add($"Unknown parameter {name}." + (meant is null ? "" : $" Did you mean {meant.Option}?"));
        else if (!parameter.IsSupported)
            problems.Add($"{parameter.Option} is not supported by the embedded engine.");
        else
            Set(parameter, values, isInline: equals >= 0);
    }

    // Values of an unknown name are taken as its nearest match would, so that they are not reported as targets.
    private List<string> TakeValues(Parameter? parameter) => parameter?.Arity switch
    {
        Arity.Many => TakeWhile(token => !IsName(token)),
        Arity.Flag => TakeOne(token => bool.TryParse(token, out _)),
        Arity.One => TakeOne(token => !IsName(token)),
        _ => TakeOne(token => !IsName(token) && !IsTarget(token)),
    };

    private void Set(Parameter parameter, List<string> values, bool isInline)
    {
        if (values.Count == 0 && parameter.Arity == Arity.One)
            problems.Add($"{parameter.Option} takes a value. If the value starts with a dash, write {parameter.Option}=<value>.");
        else if (values.Count == 0 && parameter.Arity == Arity.Many && parameter != catalog.Skip)
            problems.Add($"{parameter.Option} takes at least one value. For none, write {parameter.Option}=");
        if (!isInline && parameter is { Arity: Arity.Many, Member: not null })
            ReportTargets(parameter, values);

        _values[parameter] = parameter.Arity switch
        {
            Arity.Flag when values.Count == 0 => ["true"],
            Arity.Many when values is [""] => [],
            _ => values,
        };
    }

    // An array takes all it can get. A target swallowed that way would silently run the default target instead.
    private void ReportTargets(Parameter parameter, List<string> values)
    {
        foreach (var value in values.Where(IsTarget))
        {
            problems.Add(
                $"{value} after {parameter.Option} would be one of its values, but it is a target."
                + $" Name targets first; if it is a value, write {parameter.Option}={value}.");
        }
    }

    private bool IsTarget(string token) => token.Split('+').All(name => targetNames.Any(target => NearestName.AreEqual(target, name)));

    private List<string> TakeOne(Predicate<string> matches)
        => _rest.TryPeek(out var next) && matches(next) ? [_rest.Dequeue()] : [];

    private List<string> TakeWhile(Predicate<string> matches)
    {
        var taken = new List<string>();
        while (_rest.TryPeek(out var next) && matches(next))
            taken.Add(_rest.Dequeue());
        return taken;
    }
}
