using Serilog.Events;
using Terminal.Device;
using Terminal.Tests.Disk;

namespace Terminal.Tests.Device;

public sealed class EventLogTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_log_folder_that_is_not_there_is_made()
    {
        var logs = Path.Combine(folder, "made");

        using (var log = EventLog.Open(logs, LogEventLevel.Information, toConsole: false))
        {
            log.Information("a line");
        }

        Assert.Contains("a line", File.ReadAllText(Assert.Single(Directory.GetFiles(logs))));
    }

    [Fact]
    public void A_full_disk_costs_log_lines_and_not_the_end()
    {
        using var disk = TinyDisk.Mount(Path.Combine(folder, "full"));
        var log = EventLog.Open(Path.Combine(folder, "full", "log"), LogEventLevel.Information, toConsole: false);
        log.Information("a line");
        disk.Fill();
        log.Information(new string('x', 100_000));

        log.Dispose();
    }

    [Fact]
    public void A_log_folder_that_cannot_be_written_is_no_reason_not_to_start()
    {
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, "in the way");

        using var log = EventLog.Open(file, LogEventLevel.Information, toConsole: false);
        log.Information("a line");

        Assert.Equal("in the way", File.ReadAllText(file));
    }
}
