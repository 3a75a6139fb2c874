using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>Everything that can reach the loop.</summary>
abstract record LoopInput
{
    private protected LoopInput() { }

    /// <summary>The payment code in this input; where the input is dropped, the code is wiped.</summary>
    public PaymentCode? Carried => this switch
    {
        Arrival.Instructed e => e.Code,
        Arrival.Scanned e => e.Code,
        DeskInput.Ordered e => e.Order.Code,
        DeskInput.Scanned e => e.Code,
        _ => null,
    };

    /// <summary>Another user of the journal found that it failed; from now on the loop decides nothing.</summary>
    public sealed record JournalLost(string Why) : LoopInput;
}
