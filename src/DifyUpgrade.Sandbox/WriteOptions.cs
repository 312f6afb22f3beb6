namespace DifyUpgrade.Sandbox;

/// <summary>What to do about fields that a kind does not have.</summary>
internal enum FieldValidation
{
    /// <summary>Drop them and say so in a <c>Warning</c> header.</summary>
    Warn,

    /// <summary>Drop them silently.</summary>
    Ignore,

    /// <summary>Refuse the request.</summary>
    Strict,
}

/// <summary>How a create, update or patch is to be done: the query of the request.</summary>
/// <param name="Manager">Who owns the fields that are written.</param>
internal sealed record WriteOptions(string Manager)
{
    /// <summary>What is written of the object: null for the object itself, else <c>status</c>, <c>scale</c> …</summary>
    public string? Subresource { get; init; }

    /// <summary>Whether everything but the storing is to be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether server-side apply takes fields over from other managers.</summary>
    public bool Force { get; init; }

    /// <summary>What to do about fields that the kind does not have.</summary>
    public FieldValidation Fields { get; init; }

    /// <summary>Collects what the client is to be warned about.</summary>
    public ICollection<string> Warnings { get; init; } = [];
}
