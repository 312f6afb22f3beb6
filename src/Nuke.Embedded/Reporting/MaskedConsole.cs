namespace Nuke.Common.Reporting;

/// <summary>Puts a mask before both console streams while a build runs, so that nothing the build writes shows a secret.</summary>
internal sealed class MaskedConsole : IDisposable
{
    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _error = Console.Error;

    public MaskedConsole(SecretMask secrets)
    {
        // Both, because a build may make Console.Error its Console.Out.
        Console.SetOut(new Writer(_output, secrets));
        Console.SetError(new Writer(_error, secrets));
    }

    /// <summary>Standard output as it is without the mask.</summary>
    public TextWriter Unmasked => _output;

    public void Dispose()
    {
        Console.SetOut(_output);
        Console.SetError(_error);
    }

    private sealed class Writer(TextWriter inner, SecretMask secrets) : TextWriter
    {
        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => inner.Write(value);

        public override void Write(string? value) => inner.Write(secrets.Mask(value ?? ""));

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine(string? value) => inner.WriteLine(secrets.Mask(value ?? ""));

        public override void Flush() => inner.Flush();
    }
}
