using Serilog;
using Serilog.Core;
using Serilog.Events;
using Terminal.Device;

namespace Terminal.Tests.Device;

/// <summary>What is logged of links that change, and of strangers who knock.</summary>
public sealed class LinkBoardTests : ILogEventSink
{
    readonly ManualTime time = new();
    readonly List<string> written = [];
    readonly LinkBoard board;

    public LinkBoardTests() =>
        board = new(new LoggerConfiguration().WriteTo.Sink(this).CreateLogger(), time);

    void ILogEventSink.Emit(LogEvent logEvent) => written.Add($"{logEvent.Level}: {logEvent.RenderMessage()}");

    [Fact]
    public void Each_change_is_a_line()
    {
        board.Set("ecr", true, "line up");
        board.Set("ecr", false, "line down");
        board.Set("gateway", true, "Answering");
        Assert.Equal(
            ["Information: ecr: line up", "Information: ecr: line down", "Information: gateway: Answering"], written);
        Assert.Equal([("ecr", "line down"), ("gateway", "Answering")], board.All());
    }

    /// <summary>A stranger who reconnects ten times a second for an hour.</summary>
    [Fact]
    public void Beyond_ten_lines_a_minute_they_are_counted_and_the_count_is_written()
    {
        for (var i = 0; i < 36_000; i++)
        {
            board.Warn("ecr", $"10.0.0.7 turned away: {i}");
            time.Advance(TimeSpan.FromSeconds(0.1));
        }
        Assert.Equal(60 * 11, written.Count);
        Assert.Equal("Warning: ecr: 590 more lines in this minute, the last: 10.0.0.7 turned away: 599", written[10]);

        board.Set("gateway", false, "Silent");
        Assert.Equal("Information: gateway: Silent", written[^1]);
        time.Advance(TimeSpan.FromMinutes(1));
        board.Set("ecr", true, "line up");
        Assert.Equal("Information: ecr: line up", written[^1]);
    }

    [Fact]
    public void What_was_counted_is_written_though_nothing_follows()
    {
        for (var i = 0; i < 12; i++)
        {
            board.Set("ecr", i % 2 == 0, $"change {i}");
        }
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Information: ecr: 2 more lines in this minute, the last: change 11", written[^1]);
    }
}
