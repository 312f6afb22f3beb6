namespace Nuke.Common.Tooling;

/// <summary>A tool that was started.</summary>
public interface IProcess : IDisposable
{
    /// <summary>The tool's file.</summary>
    string FileName { get; }

    /// <summary>Its arguments, without secrets.</summary>
    string Arguments { get; }

    /// <summary>The folder it runs in.</summary>
    string WorkingDirectory { get; }

    /// <summary>The lines it has written so far, without secrets.</summary>
    IReadOnlyCollection<Output> Output { get; }

    /// <summary>How it ended.</summary>
    int ExitCode { get; }

    /// <summary>Ends it and its children at once.</summary>
    void Kill();

    /// <summary>Waits for its end, and kills it when its timeout is over.</summary>
    /// <returns>Whether it ended by itself.</returns>
    bool WaitForExit();
}

/// <summary>Which stream a line was written to.</summary>
public enum OutputType
{
    /// <summary>Standard output.</summary>
    Std,

    /// <summary>Standard error.</summary>
    Err,
}

/// <summary>A line that a tool wrote.</summary>
public record struct Output
{
    /// <summary>The stream it was written to.</summary>
    public OutputType Type { get; set; }

    /// <summary>The line.</summary>
    public string Text { get; set; }
}
