using System.Text;

namespace DifyUpgrade;

/// <summary>
/// An expected failure: everything a person needs stands in the findings, so it prints as one block without a stack.
/// </summary>
public sealed class DeploymentException : Exception
{
    /// <summary>Creates the failure that ends a stage.</summary>
    /// <param name="exitCode">What the process will exit with.</param>
    /// <param name="findings">At least one finding; all that the stage saw, not just the first.</param>
    public DeploymentException(ExitCode exitCode, params IReadOnlyList<Finding> findings)
        : base(Describe(findings))
    {
        ExitCode = exitCode;
        Findings = findings;
    }

    /// <summary>What the process will exit with.</summary>
    public ExitCode ExitCode { get; }

    /// <summary>All that the stage saw.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Whether the findings are the cause, and not what came of it: then what the cluster shows beside them explains nothing.</summary>
    internal bool IsCause { get; init; }

    /// <summary>The same failure without secrets.</summary>
    /// <param name="redactor">Knows them.</param>
    /// <returns>The failure.</returns>
    internal DeploymentException Without(Redactor redactor) => new(
        ExitCode,
        [.. Findings.Select(finding => finding with { Seen = redactor.Redact(finding.Seen), Where = redactor.Redact(finding.Where), Remedy = redactor.Redact(finding.Remedy) })])
    {
        IsCause = IsCause,
    };

    /// <summary>The block that a person reads; the stack would only hide it.</summary>
    /// <returns>The message.</returns>
    public override string ToString() => Message;

    private static string Describe(IReadOnlyList<Finding> findings)
    {
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            if (text.Length > 0)
                text.Append('\n');
            text.Append("✖ ").Append(finding.Seen).Append('\n');
            text.Append("  where: ").Append(finding.Where).Append('\n');
            text.Append("  next:  ").Append(finding.Remedy.ReplaceLineEndings("\n         "));
        }

        return text.ToString();
    }
}
