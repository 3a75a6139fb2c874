using Sandbox.PowerCut;

namespace Terminal.Tests.PowerCut;

/// <summary>The same cuts under LiteDB, with our files below it.</summary>
public sealed class LiteDbPowerCutTests
{
    [Fact]
    public void Whatever_a_power_cut_leaves_holds_every_acknowledged_entry_and_can_be_used()
    {
        var (status, text) = Run();

        Assert.True(status == 0, text);
        Assert.Matches(@"powercut: \d{3,} images, 0 lost acknowledged, 0 unreadable\n$", text);
    }

    [Fact]
    public void A_store_that_does_not_flush_is_found_out()
    {
        var (status, text) = Run("--plant", "no-fsync");

        Assert.Equal(1, status);
        Assert.DoesNotContain(", 0 lost acknowledged", text);
    }

    static (int Status, string Text) Run(params string[] args)
    {
        var text = new StringWriter();
        return (PowerCutVerb.Run(["--store", "litedb", "--payments", "3", .. args], text), text.ToString());
    }
}
