using System.Globalization;

namespace DifyUpgrade.Reporting;

/// <summary>
/// Where a run leaves its report and its evidence. Runs that go on at once in one repository each have folders of their own:
/// <c>artifacts/report/</c>, <c>artifacts/report-2/</c>. Which ones are taken is known by files that the runs hold open, so
/// those of a run that was killed are free again.
/// </summary>
/// <param name="rootFolder">The repository root, absolute.</param>
internal sealed class ArtifactFolders(string rootFolder) : IDisposable
{
    private const int MostAtOnce = 100;

    // What .NET makes of EWOULDBLOCK on Linux and on macOS, and of Windows' sharing violation.
    private static readonly int[] InUse = [11, 35, unchecked((int)0x80070020)];

    private FileStream? _held;
    private int _number = 1;

    /// <summary>The report's folder.</summary>
    public string Report => Named("report");

    /// <summary>The folder of what explains a failure.</summary>
    public string Diagnosis => Named("diagnosis");

    /// <summary>Takes the first folders that no other run has; once for a run.</summary>
    /// <returns>Whether another run is at work in the first ones.</returns>
    /// <exception cref="IOException">Nothing can be written below the root.</exception>
    public bool Take()
    {
        var folder = Directory.CreateDirectory(Path.Combine(rootFolder, ".nuke", "temp", "artifacts")).FullName;
        while (_held is null && !TryTake(folder) && _number < MostAtOnce)
            _number++;
        return _number > 1;
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    private bool TryTake(string folder)
    {
        try
        {
            _held = new FileStream(Path.Combine(folder, $"{_number.ToString(CultureInfo.InvariantCulture)}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException taken) when (InUse.Contains(taken.HResult))
        {
            return false;
        }
    }

    private string Named(string name) => Path.Combine(rootFolder, "artifacts", _number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{_number}"));
}
