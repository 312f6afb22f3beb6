namespace DifyUpgrade.Helm;

/// <summary>helm ended with an error. Every text in it has been through the redactor.</summary>
public sealed class HelmException : Exception
{
    /// <summary>Creates the failure of one command.</summary>
    /// <param name="commandLine">The command as echoed, redacted.</param>
    /// <param name="exitCode">helm's exit code.</param>
    /// <param name="failure">What kind of failure it is.</param>
    /// <param name="standardError">What helm wrote to stderr, redacted.</param>
    public HelmException(string commandLine, int exitCode, HelmFailure failure, string standardError)
        : base($"helm ended with exit code {exitCode}\n  > {commandLine}\n{standardError}".TrimEnd())
    {
        CommandLine = commandLine;
        ExitCode = exitCode;
        Failure = failure;
        StandardError = standardError;
    }

    /// <summary>The command as echoed, redacted.</summary>
    public string CommandLine { get; }

    /// <summary>helm's exit code: 1 for every error of its own, 0 when only its output was unreadable.</summary>
    public int ExitCode { get; }

    /// <summary>What kind of failure it is.</summary>
    public HelmFailure Failure { get; }

    /// <summary>What helm wrote to stderr, redacted and without its kubeconfig permission warnings.</summary>
    public string StandardError { get; }
}
