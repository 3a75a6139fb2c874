using Sandbox.Simulation;
using Sandbox.Simulation.Bugs;

namespace Terminal.Tests.Simulation;

/// <summary>Worlds that found a bug once; each must stay whole.</summary>
public sealed class FoundBugTests
{
    /// <summary>Name, seed, at byte level, the story.</summary>
    public static TheoryData<string, ulong, bool, string> Worlds => new()
    {
        {
            "progress-after-a-blocked-line", 1521, true,
            "a reply was not acknowledged until 23 s were over; the 04 FF that waited for the line left after them (M5)"
        },
        {
            "refund-twice-without-06-0F", 37, false,
            "a till that books on 06 0F missed it and ordered the same refund again: it was made a second time (M12)"
        },
        {
            "end-of-day-twice-without-06-0F", 203, false,
            "the power failed before 06 0F of an end-of-day; ordered again, it told the totals of an empty period"
        },
        {
            "receipt-line-taken-for-04-0F", 900338, true,
            "04 0F of an end-of-day went unanswered; the answer to the receipt line behind it was taken for it (M11)"
        },
        {
            "withdrawn-after-a-refund", 4164, false,
            "a till refunded a part, then told the receipt number before: the rest was given up and kept (M3)"
        },
        {
            "deaf-after-half-a-message", 31006418, true,
            "TCP brought half a message and no more; whatever the till sent then was taken for the rest (liveness)"
        },
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public void A_bug_that_was_found_stays_gone(string name, ulong seed, bool bytes, string story)
    {
        var violation = new World(seed, Plant.None, bytes: bytes).Run().Violation;
        Assert.True(violation is null, $"{name} ({story}) is back in world {seed}: {violation}");
    }
}
