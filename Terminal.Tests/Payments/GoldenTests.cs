using System.Text;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>The three machines, written out: the reviewer's view of what they decide.</summary>
public sealed class GoldenTests
{
    static readonly Payment Machine = new(Policy.Default);
    static readonly Delivery Counter = new(Policy.Default);
    static readonly Lane Queue = new(Policy.Default);

    const string Legend =
        "Written by GoldenTests from the code. `=` is the same state, `name!` a durable record; times count from T0.\n";

    [Fact]
    public void Every_payment_state_and_input_is_in_the_table()
    {
        Golden.AssertComplete(PaymentSamples.States.Select(s => s.State));
        Golden.AssertComplete(PaymentSamples.Inputs.Select(t => t.Input));
        Golden.AssertComplete(PaymentSamples.Answers);
    }

    [Fact]
    public void Every_delivery_and_lane_state_and_input_is_in_the_table()
    {
        Golden.AssertComplete(CounterSamples.Deliveries.Select(s => s.State));
        Golden.AssertComplete(CounterSamples.DeliveryInputs.Select(t => t.Input));
        Golden.AssertComplete(CounterSamples.Outcomes);
        Golden.AssertComplete(CounterSamples.Lanes.Select(s => s.State));
        Golden.AssertComplete(CounterSamples.LaneInputs.Select(t => t.Input));
    }

    [Fact]
    public void The_payment_table_is_the_approved_one()
    {
        var text = new StringBuilder("# The payment machine\n\n" + Legend
            + "`#now` answers the newest question or attempt, `#old` an earlier one.\n");
        foreach (var at in PaymentSamples.States)
        {
            Golden.Table(text, at, PaymentSamples.Inputs, (state, input, now) =>
            {
                var (next, effects) = Machine.Next(state, PaymentSamples.Fit(input, state), now);
                return (Golden.Cell(next), Golden.Effects(effects));
            });
            Golden.Wake(text, at, at.State.WakeAt, (state, now) =>
            {
                var (next, effects) = Machine.Next(state, new PaymentInput.TimePassed(), now);
                return (Golden.Cell(next), Golden.Effects(effects));
            });
        }
        Golden.Verify("Payments/PaymentTable.md", text.ToString());
    }

    [Fact]
    public void The_delivery_table_is_the_approved_one()
    {
        var text = new StringBuilder("# The delivery machine\n\n" + Legend);
        WriteDeliveries(text, CounterSamples.Deliveries, Some.Sale());
        text.Append("\n# Returns\n");
        WriteDeliveries(text, CounterSamples.FirmDeliveries, Some.Return(ReturnKind.Reversal));
        text.Append("\n# End-of-days, where they differ\n");
        WriteDeliveries(text, CounterSamples.EndOfDayDeliveries, Some.EndOfDay);
        Golden.Verify("Payments/DeliveryTable.md", text.ToString());
    }

    static void WriteDeliveries(StringBuilder text, Situation<DeliveryState>[] situations, Order order)
    {
        foreach (var at in situations)
        {
            (string, string) Next(DeliveryState state, DeliveryInput input, Moment now)
            {
                var (next, effects) = Counter.Next(state, order, input, now);
                return (Golden.Cell(next), Golden.Effects(effects));
            }
            Golden.Table(text, at, CounterSamples.DeliveryInputs, Next);
            Golden.Wake(text, at, at.State.WakeAt, (state, now) => Next(state, new DeliveryInput.TimePassed(), now));
        }
    }

    [Fact]
    public void The_lane_table_is_the_approved_one()
    {
        var text = new StringBuilder("# The lane machine\n\n" + Legend);
        foreach (var at in CounterSamples.Lanes)
        {
            (string, string) Next(LaneState state, LaneInput input, Moment now)
            {
                var (next, move) = Queue.Next(state, input, now);
                return (Golden.Cell(next), move is LaneMove.None ? "" : Golden.Cell(move));
            }
            Golden.Table(text, at, CounterSamples.LaneInputs, Next);
            Golden.Wake(text, at, at.State.WakeAt, (state, now) => Next(state, new LaneInput.TimePassed(), now));
        }
        Golden.Verify("Payments/LaneTable.md", text.ToString());
    }
}
