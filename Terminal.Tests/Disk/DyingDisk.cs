using System.Diagnostics;
using Terminal.Device;

namespace Terminal.Tests.Disk;

/// <summary>A real file system on a disk that dies: from then on everything on it is an I/O error.</summary>
sealed class DyingDisk : IDisposable
{
    // More than a terminal keeps free; what is not written takes no room.
    const int MegaBytes = 256;

    /// <summary>EXT4_IOC_SHUTDOWN, without a last flush.</summary>
    const nuint Shutdown = 0x8004587D;
    const int WithoutFlush = 2;

    readonly string folder;
    readonly string image;

    DyingDisk(string folder) => (this.folder, image) = (folder, folder + ".image");

    /// <param name="folder">Made if it is not there.</param>
    public static DyingDisk Mount(string folder)
    {
        Directory.CreateDirectory(folder);
        var disk = new DyingDisk(folder);
        using (var file = File.Create(disk.image))
        {
            file.SetLength((long)MegaBytes << 20);
        }
        Run("mkfs.ext4", "-q", "-F", disk.image);
        disk.Attach();
        return disk;
    }

    /// <summary>Whatever was not flushed is lost.</summary>
    public unsafe void Die()
    {
        var fd = Libc.Open(folder, Libc.CloseOnExec);
        Assert.True(fd >= 0, Libc.LastError);
        var how = WithoutFlush;
        Assert.True(Libc.Ioctl(fd, Shutdown, &how) == 0, Libc.LastError);
        _ = Libc.Close(fd);
    }

    /// <summary>Only while no process has a file of it open.</summary>
    public void Revive()
    {
        Run("umount", folder);
        Attach();
    }

    public void Dispose() => Run("umount", folder);

    void Attach() => Run("mount", "-o", "loop", image, folder);

    static void Run(string command, params string[] arguments)
    {
        Assert.True(Environment.IsPrivilegedProcess, "a disk that can die is mounted by root only: run the tests so");
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)}: {process.ExitCode}");
    }
}
