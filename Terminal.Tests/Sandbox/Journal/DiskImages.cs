using Terminal.Journal.Log;

namespace Sandbox.Journal;

/// <summary>What lies on a disk, as bytes by name.</summary>
static class DiskImages
{
    public static MemoryDisk ToDisk(this IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var disk = new MemoryDisk();
        foreach (var (name, bytes) in files)
        {
            using var file = disk.Open(name, create: true);
            file.Write(0, bytes);
        }
        return disk;
    }

    /// <summary>Every file, as it is now.</summary>
    public static Dictionary<string, byte[]> Files(this IDisk disk) =>
        disk.Names().ToDictionary(name => name, disk.FileOf);

    public static byte[] FileOf(this IDisk disk, string name)
    {
        using var file = disk.Open(name);
        var bytes = new byte[file.Length];
        file.Read(0, bytes);
        return bytes;
    }
}
