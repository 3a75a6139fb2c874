namespace Sandbox.PowerCut;

/// <summary>A folder for images, in memory if possible: thousands are written and thrown away.</summary>
sealed class ScratchFolder : IDisposable
{
    const string InMemory = "/dev/shm";

    static readonly string Root = Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath();

    public ScratchFolder()
    {
        Path = System.IO.Path.Combine(Root, $"powercut-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>These files and no others.</summary>
    public void Fill(IReadOnlyDictionary<string, byte[]> files)
    {
        foreach (var old in Directory.GetFiles(Path))
        {
            File.Delete(old);
        }
        foreach (var (name, bytes) in files)
        {
            File.WriteAllBytes(System.IO.Path.Combine(Path, name), bytes);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
