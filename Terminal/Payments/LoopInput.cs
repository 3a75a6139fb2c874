using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>Everything that can reach the loop.</summary>
abstract record LoopInput
{
    private protected LoopInput() { }

    /// <summary>The code that came with it; whoever drops the input wipes it.</summary>
    public PaymentCode? Carried => this switch
    {
        Arrival.Instructed e => e.Code,
        Arrival.Scanned e => e.Code,
        DeskInput.Ordered e => e.Order.Code,
        DeskInput.Scanned e => e.Code,
        _ => null,
    };

    /// <summary>Another user of the journal found it failed; the loop never gets to decide on anything again.</summary>
    public sealed record JournalLost(string Why) : LoopInput;
}
