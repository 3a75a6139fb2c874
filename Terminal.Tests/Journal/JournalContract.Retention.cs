using Terminal.Journal;

namespace Terminal.Tests.Journal;

/// <summary>The part about old entries that are dropped.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public void What_is_dropped_is_gone_and_the_anchor_remembers_where_the_rest_begins()
    {
        Journal.Append([At(1, "A"), At(2, "A")], [Head("A", 1, 2) with { Open = false }]);
        Journal.Append([At(3, "B"), At(4, "")], [Head("B", 3, 3)]);
        Journal.Acknowledge(3);
        var anchor = new Anchor(2, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        Assert.Equal(0, Journal.Anchor.Sequence);
        Assert.Equal(Chain.Origin.ToArray(), Journal.Anchor.Hash);

        Journal.Drop(anchor);

        AssertDropped();
        Reopen();
        AssertDropped();
        Write("A", 5);
        Assert.Equal(5, Journal.Find("A")!.FirstSequence);

        void AssertDropped()
        {
            Assert.Equal(anchor.ToString(), Journal.Anchor.ToString());
            Assert.Equal([3, 4], Journal.Read(1, 10).Select(e => e.Sequence));
            Assert.Equal(["B"], Journal.ReadHeads(1, 10).Select(h => h.PaymentId));
            Assert.Null(Journal.Find("A"));
            Assert.Null(Journal.FindByFingerprint("fA"));
            Assert.Equal("B", Journal.NewestHead()!.PaymentId);
            Assert.Equal(["B"], Journal.OpenHeads().Select(h => h.PaymentId));
            Assert.Equal(4, Journal.Last!.Sequence);
            Assert.Equal(3, Journal.Acknowledged);
        }
    }

    [Fact]
    public void What_the_head_office_does_not_have_cannot_be_dropped()
    {
        Journal.Append([At(1, "A"), At(2, "A")], [Head("A", 1, 2) with { Open = false }]);
        Journal.Acknowledge(1);

        Assert.Throws<JournalFailedException>(() => Journal.Drop(new(2, new byte[32])));
        Reopen();
        Assert.Equal([1, 2], Journal.Read(1, 10).Select(e => e.Sequence));
    }
}
