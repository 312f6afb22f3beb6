using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>Reads what a program works on: its files, or else its input.</summary>
/// <param name="context">What the program finds.</param>
internal sealed class ProgramInput(ProgramContext context)
{
    /// <summary>What the last read gave.</summary>
    public ReadOnlyMemory<byte> Content { get; private set; }

    /// <summary>Why the last read failed; null where it did not.</summary>
    public FileError? Error { get; private set; }

    /// <summary>Reads a file, or the input for <c>-</c>.</summary>
    /// <returns>The steps it takes; then <see cref="Content"/> and <see cref="Error"/> tell what came of it.</returns>
    public IEnumerable<ProgramStep> Read(string path)
    {
        (Content, Error) = (default, null);
        if (path == "-")
            return ReadInput();
        try
        {
            Content = context.Files.Read(context.PathOf(path), context.User);
        }
        catch (FileError error)
        {
            Error = error;
        }

        return [];
    }

    private IEnumerable<ProgramStep> ReadInput()
    {
        if (context.Input is { } input)
        {
            Content = input;
            yield break;
        }

        using var all = new MemoryStream();
        while (true)
        {
            var line = new ReadLine();
            yield return line;
            if (line.Line is null)
                break;
            all.Write(line.Line);
        }

        Content = all.ToArray();
    }
}
