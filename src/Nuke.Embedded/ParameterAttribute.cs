namespace Nuke.Common;

/// <summary>Makes a field or property settable from the command line, the environment and parameter files.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ParameterAttribute : Attribute
{
    /// <summary>Marks a parameter.</summary>
    /// <param name="description">What help says about it.</param>
    public ParameterAttribute(string? description = null) => Description = description;

    /// <summary>What help says about it.</summary>
    public string? Description { get; }

    /// <summary>Its name, where that is not the member's.</summary>
    public string? Name { get; set; }

    /// <summary>One character that divides the items of an array given as one text.</summary>
    public string? Separator { get; set; }

    /// <summary>Whether help lists it.</summary>
    public bool List { get; set; } = true;
}

/// <summary>Marks a parameter that every run needs.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class RequiredAttribute : Attribute;

/// <summary>Marks a parameter whose value is written as *** wherever it would be shown.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SecretAttribute : Attribute;
