namespace Nuke.Common.Tooling;

/// <summary>A tool ended with an exit code other than 0.</summary>
public sealed class ProcessException : Exception
{
    /// <summary>Describes a tool that has ended.</summary>
    /// <param name="process">The tool.</param>
    public ProcessException(IProcess process)
        : base(Describe(process)) => ExitCode = process.ExitCode;

    /// <summary>How the tool ended.</summary>
    public int ExitCode { get; }

    private static string Describe(IProcess process)
        => $"{Path.GetFileName(process.FileName)} ended with exit code {process.ExitCode}.\n   > {process.FileName} {process.Arguments}\n   @ {process.WorkingDirectory}"
           + string.Concat(process.Output.Where(line => line.Type == OutputType.Err).Select(line => "\n   " + line.Text));
}
