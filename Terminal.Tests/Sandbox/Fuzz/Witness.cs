using Sandbox.Scanner;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Sandbox.Fuzz;

/// <summary>
/// Hears what the ECR sends and what the desk is told: an order that moves money must have been sent, exactly so, and
/// as often as it is carried out.
/// </summary>
sealed class Witness(bool isTcp)
{
    readonly List<byte> stream = [];
    readonly List<StrictOrder> orders = [];

    public void LineUp()
    {
        stream.Clear();
        orders.Clear();
    }

    public void Hear(ReadOnlySpan<byte> bytes) => stream.AddRange(bytes);

    /// <exception cref="DisagreementException">Nobody ordered that.</exception>
    public void Judge(LoopInput input)
    {
        if (Ordered(input) is not { } order)
        {
            return;
        }
        byte[] heard = [.. stream];
        var sent = (isTcp ? StrictFrames.Messages(heard) : StrictFrames.Blocks(heard))
            .Count(message => StrictReader.Read(message) == order);
        orders.Add(order);
        if (orders.Count(o => o == order) > sent)
        {
            throw new DisagreementException(
                $"{order.Command:X4} over {order.Minor} is carried out, but a strict reader finds it {sent} times");
        }
    }

    static StrictOrder? Ordered(LoopInput input) => input switch
    {
        Arrival.Instructed { Objection: not null } => null, // It ends at once, and moves nothing.
        Arrival.Instructed e when e.Amount.Currency != Currency.Eur => new(0x0601, -1),
        Arrival.Instructed e => new(0x0601, e.Amount.Minor, e.Code?.Text()),
        Arrival.ReturnInstructed { Request: var e } => new(
            e.Kind == ReturnKind.Reversal ? 0x0630 : 0x0631, e.Amount?.Minor, null, e.Receipt),
        _ => null,
    };
}
