using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Terminal.Device;

/// <summary>The service's log: to the console for journald, and to a rolling file if a folder is given.</summary>
/// <remarks>Information: the cashier would notice. Warning: look tomorrow. Error: the lane is down.</remarks>
public static class Log
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
        if (folder is not null)
        {
            settings.WriteTo.File(
                Path.Combine(folder, "terminal-.log"), outputTemplate: Line, rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: LargestFile, rollOnFileSizeLimit: true, retainedFileCountLimit: KeptFiles);
        }
        return settings.CreateLogger();
    }

    /// <summary>One line an event, with the priority prefix that journald understands.</summary>
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
