using Sandbox.Journal;
using Sandbox.Scanner;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Checkout;

/// <summary>An order that the journal cannot take leaves no entry, and 06 20 does not tell an older one instead.
/// </summary>
public sealed class AdmissionTests : IDisposable
{
    static readonly Money Amount = new(1234, Currency.Eur);

    readonly ManualTime time = new();
    readonly MemoryJournal journal = new();
    readonly RecordedLinks links = new();
    readonly CheckoutLoop loop;
    bool hasRoom = true, knowsCodes = true;

    public AdmissionTests() => loop =
        new(new Desk(Policy.Default).Next, new Ledger(journal), new(links, links), new Clock(time))
        {
            Bar = _ => !hasRoom ? RefusalReason.JournalFull : knowsCodes ? null : RefusalReason.CodeKeyLost,
        };

    public void Dispose() => journal.Dispose();

    [Fact]
    public void The_one_that_was_refused_is_repeated_and_not_the_approval_before()
    {
        Sell("f1");
        hasRoom = false;
        loop.Step(new Arrival.Instructed(Amount, null));
        hasRoom = true;

        loop.Step(new Arrival.RepeatAsked());

        Assert.Equal(["refuse JournalFull", "refuse JournalFull"], links.Said.TakeLast(2));
    }

    [Fact]
    public void The_next_order_is_the_newest_again()
    {
        hasRoom = false;
        loop.Step(new Arrival.Instructed(Amount, null));
        hasRoom = true;
        Sell("f1");

        loop.Step(new Arrival.RepeatAsked());

        Assert.StartsWith("approve@", links.Said[^1]);
    }

    /// <summary>Each would leave entries of its own.</summary>
    [Fact]
    public void A_code_that_has_paid_needs_room_as_a_new_one_does()
    {
        Sell("f1");
        hasRoom = false;

        loop.Step(new Arrival.Instructed(Amount, Code("f1")));

        Assert.Equal("refuse JournalFull", links.Said[^1]);
    }

    [Fact]
    public void Without_the_key_of_used_codes_nothing_is_sold()
    {
        knowsCodes = false;

        loop.Step(new Arrival.Instructed(Amount, null));
        loop.Step(new Arrival.Instructed(Amount, Code("f1")));

        Assert.Equal(["refuse CodeKeyLost", "refuse CodeKeyLost"], links.Said);
    }

    [Fact]
    public void What_takes_no_code_needs_no_key_of_used_codes()
    {
        Sell("f1");
        knowsCodes = false;

        loop.Step(new Arrival.ReturnInstructed(new(ReturnKind.Reversal, 1, null, null)));

        Assert.Contains(loop.State.Open, t => t.Payment is PaymentState.Returning);
        Assert.DoesNotContain(links.Said, said => said.StartsWith("refuse", StringComparison.Ordinal));
    }

    [Fact]
    public void A_period_is_closed_without_the_key_of_used_codes_too()
    {
        Sell("f1");
        knowsCodes = false;

        loop.Step(new Arrival.CloseInstructed());

        Assert.StartsWith("approve@", links.Said[^1]);
    }

    void Sell(string fingerprint)
    {
        loop.Step(new Arrival.Instructed(Amount, Code(fingerprint)));
        var id = links.LastPayment;
        loop.Step(new DeskInput.Happened(
            id, new PaymentInput.PayAnswered(new GatewayAnswer.Succeeded(id, "G1", Amount))));
        loop.Step(new DeskInput.Answered(id, EcrAnswer.Acknowledged));
        loop.Step(new DeskInput.Closed(id, Acknowledged: true));
    }

    PaymentCode Code(string fingerprint) => Codes.Of("281234567890123456", fingerprint, new Clock(time).Now);
}
