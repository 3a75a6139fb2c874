using System.Diagnostics;

namespace Sandbox.Bench;

/// <summary>
/// A file system of its own on a block device that is a file, so that its counters see whatever reaches it: data, the
/// file system's own writing, everything.
/// </summary>
sealed class LoopDisk : IDisposable
{
    const int SectorBytes = 512, SectorsWritten = 6;

    readonly string image, device;

    LoopDisk(string image, string device, string folder) => (this.image, this.device, Folder) = (image, device, folder);

    public string Folder { get; }

    /// <summary>Null: only root may.</summary>
    public static LoopDisk? Mount(string folder, int megaBytes)
    {
        var (image, mounted) = (Path.Combine(folder, "loop.img"), Path.Combine(folder, "loop"));
        using (var file = File.Create(image))
        {
            file.SetLength((long)megaBytes << 20);
        }
        Directory.CreateDirectory(mounted);
        if (!Environment.IsPrivilegedProcess || Run("losetup", "-f", "--show", image) is not { } device)
        {
            return null;
        }
        if (Run("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", device) is not null &&
            Run("mount", "-o", "noatime", device, mounted) is not null)
        {
            return new(image, device, mounted);
        }
        Run("losetup", "-d", device);
        return null;
    }

    /// <summary>Bytes that reached the device so far, all of them.</summary>
    public long Written()
    {
        Run("sync", "-f", Folder);
        var counters = File.ReadAllText($"/sys/block/{Path.GetFileName(device)}/stat")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(counters[SectorsWritten]) * SectorBytes;
    }

    public void Dispose()
    {
        Run("umount", Folder);
        Run("losetup", "-d", device);
        File.Delete(image);
    }

    /// <returns>What it said; null: it failed.</returns>
    static string? Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        var said = process!.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : null;
    }
}
