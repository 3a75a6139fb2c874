using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Terminal.Device;

/// <summary>The service's log: to the console for journald, and to a rolling file if a folder is given.</summary>
/// <remarks>Information: the cashier would notice. Warning: look tomorrow. Error: the lane is down.</remarks>
static class EventLog
{
    const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";
    const long LargestFile = 4 * 1024 * 1024;
    const int KeptFiles = 8;

    /// <param name="toConsole">False while the console shows the panel.</param>
    public static Logger Open(string? folder, LogEventLevel least, bool toConsole)
    {
        var settings = new LoggerConfiguration().MinimumLevel.Is(least);
        if (toConsole)
        {
            settings.WriteTo.Sink(new ConsoleSink());
        }
        var problem = folder is null ? null : WhyNotWritable(folder);
        if (folder is not null && problem is null)
        {
            settings.WriteTo.Sink(new FileLog(new LoggerConfiguration().MinimumLevel.Is(least).WriteTo.File(
                Path.Combine(folder, "terminal-.log"), outputTemplate: Line, rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: LargestFile, rollOnFileSizeLimit: true, retainedFileCountLimit: KeptFiles)
                .CreateLogger()));
        }
        var log = settings.CreateLogger();
        if (problem is not null)
        {
            // Payments go on without log files, but the log says that they are missing.
            log.Warning("no log files: {Problem:l}", problem);
            Console.Error.WriteLine($"terminal: setting \"log.folder\": {problem}");
        }
        return log;
    }

    static string? WhyNotWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Log files whose disk may fail at any moment, also while they are closed.</summary>
    sealed class FileLog(Logger files) : ILogEventSink, IDisposable
    {
        public void Emit(LogEvent e) => files.Write(e);

        public void Dispose()
        {
            try
            {
                files.Dispose();
            }
            catch (IOException)
            {
                // The unwritten lines are lost, and at this point nobody is left to be told.
            }
        }
    }

    /// <summary>One line per event, with the priority prefix that journald understands.</summary>
    sealed class ConsoleSink : ILogEventSink
    {
        readonly bool forJournald = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null;

        public void Emit(LogEvent e)
        {
            var priority = e.Level switch
            {
                >= LogEventLevel.Error => 3,
                LogEventLevel.Warning => 4,
                LogEventLevel.Information => 6,
                _ => 7,
            };
            var text = e.RenderMessage() + (e.Exception is { } x ? $" ({x.GetType().Name}: {x.Message})" : "");
            Console.WriteLine(forJournald ? $"<{priority}>{text}" : $"{e.Timestamp:HH:mm:ss.fff} {text}");
        }
    }
}
