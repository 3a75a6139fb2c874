using System.Runtime.InteropServices;

namespace Sandbox.Bench;

/// <summary>What this run ran on, as Linux tells it.</summary>
static class Machine
{
    public static string Describe(string folder)
    {
        var model = Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        return $"{Environment.ProcessorCount} cores, {model}; {RuntimeInformation.FrameworkDescription}; " +
            $"state folder on {new DriveInfo(folder).DriveFormat}";
    }

    /// <summary>Runnable tasks on average, over 1, 5 and 15 minutes.</summary>
    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    /// <summary>Memory of a process that lies in RAM.</summary>
    public static double ResidentMiB(int process) =>
        long.Parse(Field($"/proc/{process}/status", "VmRSS")!.Split(' ')[0]) / 1024.0;

    /// <summary>Bytes that this process sent to a block device, without the file system's own.</summary>
    public static long Written() => long.Parse(Field("/proc/self/io", "write_bytes")!);

    /// <summary>What a process has cost so far: time on a processor, and how often a thread of it was woken.</summary>
    public static (TimeSpan Cpu, long Wakes) Effort(int process)
    {
        // Behind the name, which may have blanks: state is the first word, user and system time are the 12th and 13th.
        var words = File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ');
        var wakes = Directory.GetDirectories($"/proc/{process}/task")
            .Sum(task => long.Parse(Field($"{task}/status", "voluntary_ctxt_switches")!));
        return (TimeSpan.FromMilliseconds(10 * (long.Parse(words[11]) + long.Parse(words[12]))), wakes);
    }

    static string? Field(string file, string name) => File.ReadLines(file)
        .FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
