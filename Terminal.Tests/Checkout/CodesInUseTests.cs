using Sandbox.Journal;
using Sandbox.Scanner;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Checkout;

/// <summary>A code is wiped as soon as it cannot be submitted any more, and not before.</summary>
public sealed class CodesInUseTests : IDisposable
{
    static readonly Money Amount = new(1234, Currency.Eur);

    readonly ManualTime time = new();
    readonly MemoryJournal journal = new();
    readonly RecordedLinks links = new();
    readonly CheckoutLoop loop;

    public CodesInUseTests() => loop =
        new(new Desk(Policy.Default).Next, new Ledger(journal), new(links, links), new Clock(time));

    public void Dispose() => journal.Dispose();

    [Fact]
    public void One_that_pay_may_be_sent_with_again_is_kept()
    {
        var code = Order("f1");
        Pay(new GatewayAnswer.NotSent("refused"));
        Assert.Equal(2, links.Said.Count(s => s.StartsWith("charge", StringComparison.Ordinal)));
        Assert.Equal("281234567890123456", code.Text());
    }

    [Fact]
    public void Once_pay_was_answered_it_is_gone_and_still_printed_masked()
    {
        var code = Order("f1");
        Pay(new GatewayAnswer.Unknown("silence"));
        AssertWiped(code);
        Assert.Equal("18:28**************56", $"{code}");
    }

    [Fact]
    public void That_of_an_order_which_is_refused_or_of_a_scan_which_nobody_waits_for_is_gone_at_once()
    {
        var first = Order("f1");
        AssertWiped(Order("f2"));
        var scan = Code("f3");
        loop.Step(new Arrival.Scanned(scan));
        AssertWiped(scan);
        Assert.Equal("281234567890123456", first.Text());
    }

    [Fact]
    public void One_that_waits_for_the_proof_of_its_till_is_kept_until_that_is_late()
    {
        loop.Step(new Arrival.Instructed(Amount, null) { HearsProgress = true });
        time.Advance(TimeSpan.FromSeconds(5));
        var code = Code("f1");
        loop.Step(new Arrival.Scanned(code));
        Assert.Equal("281234567890123456", code.Text());
        time.Advance(TimeSpan.FromSeconds(1));
        loop.Step(new DeskInput.TimePassed());
        AssertWiped(code);
    }

    [Fact]
    public void Once_the_journal_is_lost_none_is_left()
    {
        var code = Order("f1");
        loop.Step(new LoopInput.JournalLost("the card is gone"));
        AssertWiped(code);
    }

    [Fact]
    public void That_of_an_input_for_which_there_is_no_room_is_gone()
    {
        var inbox = new Inbox();
        PaymentCode code;
        do
        {
            code = Code("f1");
            inbox.Post(new Arrival.Scanned(code));
        }
        while (inbox.Dropped == 0);
        AssertWiped(code);
    }

    PaymentCode Order(string fingerprint)
    {
        var code = Code(fingerprint);
        loop.Step(new Arrival.Instructed(Amount, code));
        return code;
    }

    void Pay(GatewayAnswer answer) =>
        loop.Step(new DeskInput.Happened(links.LastPayment, new PaymentInput.PayAnswered(answer)));

    PaymentCode Code(string fingerprint) => Codes.Of("281234567890123456", fingerprint, new Clock(time).Now);

    static void AssertWiped(PaymentCode code) => Assert.Throws<InvalidOperationException>(() => code.Text());
}
