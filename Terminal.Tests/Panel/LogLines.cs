using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Terminal.Tests.Panel;

/// <summary>A log that keeps its lines.</summary>
sealed class LogLines : ILogEventSink
{
    public LogLines() => Log = new LoggerConfiguration().WriteTo.Sink(this).CreateLogger();

    public ILogger Log { get; }

    public List<string> Lines { get; } = [];

    public void Emit(LogEvent logEvent) => Lines.Add($"{logEvent.Level}: {logEvent.RenderMessage()}");
}
