namespace Nuke.Common.ValueInjection;

/// <summary>All parameters there are: those the build class declares and the engine's own.</summary>
internal sealed class ParameterCatalog
{
    private const BindingFlags OwnMembers = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
                                            | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private ParameterCatalog(IReadOnlyList<Parameter> declared)
    {
        Declared = declared;
        BuiltIn =
        [
            Continue, Help, Host, NoLogo, Plan, Profile, Root, Skip, Target, Verbosity,
            GenerateConfiguration, ShellCompletion, Unsupported("Partition", typeof(string)), Unsupported("Strict", typeof(bool)),
        ];
    }

    public IReadOnlyList<Parameter> Declared { get; }

    public IReadOnlyList<Parameter> BuiltIn { get; }

    public Parameter Continue { get; } = new("Continue", typeof(bool), "Leaves out what the failed run before had done, if it was the same run.") { IsForFiles = false };

    public Parameter GenerateConfiguration { get; } = new("GenerateConfiguration", typeof(string)) { IsListed = false, IsForFiles = false };

    public Parameter Help { get; } = new("Help", typeof(bool), "Shows this text.") { IsForFiles = false };

    public Parameter Host { get; } = new("Host", typeof(string), "What the build runs on. Found out if not given.");

    public Parameter NoLogo { get; } = new("NoLogo", typeof(bool), "Leaves the engine's name and version out.");

    public Parameter Plan { get; } = new("Plan", typeof(bool), "Shows what would run and draws it, but runs nothing.") { IsForFiles = false };

    public Parameter Profile { get; } = new("Profile", typeof(string[]), "Takes values from .nuke/parameters.<profile>.json too; the last named wins.") { IsForFiles = false };

    public Parameter Root { get; } = new("Root", typeof(AbsolutePath), "The folder with .nuke. The nearest one upwards if not given.") { IsForFiles = false };

    public Parameter ShellCompletion { get; } = new("ShellCompletion", typeof(bool)) { IsListed = false, IsForFiles = false };

    public Parameter Skip { get; } = new("Skip", typeof(string[]), "Targets to leave out. Without names, all that are not invoked.") { Separator = '+' };

    public Parameter Target { get; } = new("Target", typeof(string[]), "Targets to run, the same as naming them first.") { Separator = '+' };

    public Parameter Verbosity { get; } = new("Verbosity", typeof(Verbosity), "How much is logged: Verbose, Normal, Minimal or Quiet.");

    /// <exception cref="InvalidOperationException">The build class declares a parameter that cannot be one.</exception>
    public static ParameterCatalog For(Type buildType)
    {
        var declared = new List<Parameter>();
        for (var type = buildType; type is not null && type != typeof(NukeBuild); type = type.BaseType)
            declared.AddRange(type.GetMembers(OwnMembers).Select(TryCreate).OfType<Parameter>());

        var catalog = new ParameterCatalog(declared);
        var twice = declared.Concat(catalog.BuiltIn)
            .GroupBy(parameter => NearestName.Key(parameter.Name))
            .FirstOrDefault(group => group.Count() > 1);
        return twice is null ? catalog : throw new InvalidOperationException($"There are two parameters called {twice.First().Name}.");
    }

    public Parameter? Find(string name)
        => Declared.Concat(BuiltIn).FirstOrDefault(parameter => NearestName.AreEqual(parameter.Name, name))
           ?? (NearestName.Key(name) == "h" ? Help : null);

    /// <summary>The parameter that a misspelt name probably means.</summary>
    public Parameter? FindNearest(string name)
        => NearestName.Find(name, Declared.Concat(BuiltIn).Where(parameter => parameter.IsSupported).Select(parameter => parameter.Name)) is { } nearest
            ? Find(nearest)
            : null;

    private static Parameter? TryCreate(MemberInfo member)
    {
        if (member.GetCustomAttribute<ParameterAttribute>() is not { } attribute)
            return null;

        var type = (member as FieldInfo)?.FieldType ?? ((PropertyInfo)member).PropertyType;
        var parameter = new Parameter(attribute.Name?.Replace("-", "", StringComparison.Ordinal) ?? member.Name, type, attribute.Description)
        {
            Member = member,
            Separator = attribute.Separator is [var separator] ? separator : null,
            IsListed = attribute.List,
        };
        return ValueConversion.CanConvertTo(parameter.ElementType)
            ? parameter
            : throw new InvalidOperationException($"The parameter {member.Name} is of type {type}, which the embedded engine does not support.");
    }

    private static Parameter Unsupported(string name, Type type) => new(name, type) { IsSupported = false, IsListed = false, IsForFiles = false };
}
