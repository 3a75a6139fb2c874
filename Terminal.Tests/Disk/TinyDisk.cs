using System.Diagnostics;
using Terminal.Journal.Upkeep;

namespace Terminal.Tests.Disk;

/// <summary>A small real file system, mounted on a folder, that can be filled up.</summary>
sealed class TinyDisk : IDisposable
{
    // A terminal takes no payment below its reserve; a disk that fills up under it has more at first.
    const int MegaBytes = 10 + (int)(Room.ReservedBytes >> 20);

    readonly string folder;

    TinyDisk(string folder) => this.folder = folder;

    string Ballast => Path.Combine(folder, "ballast");

    /// <param name="folder">Made if it is not there.</param>
    public static TinyDisk Mount(string folder)
    {
        Directory.CreateDirectory(folder);
        Assert.True(
            Run("mount", "-t", "tmpfs", "-o", $"size={MegaBytes}m", "tmpfs", folder) == 0,
            "a small disk cannot be mounted: run the tests as root, or as somebody who may sudo without a password");
        return new(folder);
    }

    /// <summary>Until there is no room for one more block.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[64 * 1024];
        try
        {
            while (file.Length <= (long)MegaBytes << 20)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            return;
        }
        Assert.Fail("the disk has no end");
    }

    public void MakeRoom() => File.Delete(Ballast);

    public void Dispose() => Run("umount", folder);

    static int Run(string command, params string[] arguments)
    {
        string[] all = Environment.IsPrivilegedProcess ? arguments : ["-n", command, .. arguments];
        using var process = Process.Start(Environment.IsPrivilegedProcess ? command : "sudo", all);
        process.WaitForExit();
        return process.ExitCode;
    }
}
