using System.Runtime.InteropServices;
using SQLitePCL;

namespace Sandbox.Bench;

/// <summary>What this run ran on, as Linux tells it.</summary>
static class Machine
{
    public static string Describe(string folder)
    {
        Batteries_V2.Init();
        var model = Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        return $"{Environment.ProcessorCount} cores, {model}; {RuntimeInformation.FrameworkDescription}; " +
            $"SQLite {raw.sqlite3_libversion().utf8_to_string()}; state folder on {new DriveInfo(folder).DriveFormat}";
    }

    /// <summary>Runnable tasks on average, over 1, 5 and 15 minutes.</summary>
    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    /// <summary>Memory of a process that lies in RAM.</summary>
    public static double ResidentMiB(int process) =>
        long.Parse(Field($"/proc/{process}/status", "VmRSS")!.Split(' ')[0]) / 1024.0;

    /// <summary>Bytes that this process sent to a block device, without the file system's own.</summary>
    public static long Written() => long.Parse(Field("/proc/self/io", "write_bytes")!);

    static string? Field(string file, string name) => File.ReadLines(file)
        .FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
