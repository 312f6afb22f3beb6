namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>Held by the one who starts or stops a sandbox; the system lets go of it when the holder dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Waits for it.</summary>
    /// <param name="folder">The sandbox's folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async Task<FolderLock> TakeAsync(SandboxFolder folder, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FolderLock(new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(folder.Lock))
            {
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
