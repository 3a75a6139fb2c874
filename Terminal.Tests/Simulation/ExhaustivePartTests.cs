using Sandbox.Simulation.Bugs;
using Sandbox.Simulation.Search;
using Terminal.Payments;
using Terminal.Payments.Charges;
using static Terminal.Tests.Simulation.ExhaustiveTests;

namespace Terminal.Tests.Simulation;

/// <summary>Everything that can happen to a sale of which the till issues a part, and proof that a wrong desk is seen.
/// </summary>
[Trait("kind", "instrument")]
public sealed class ExhaustivePartTests
{
    static readonly Desk Shipped = new(Tale.Policy);

    [Fact]
    public void It_sees_a_part_taken_for_all() => AssertBreaks("M3", Input(PartPlants.TakeForAll));

    [Fact]
    public void It_sees_all_refunded_in_place_of_the_rest() => AssertBreaks("M11", Output(PartPlants.RefundAll));

    [Fact]
    public void It_sees_the_rest_refunded_before_its_record() => AssertBreaks("M4", Output(PartPlants.RefundAtOnce));

    [Fact]
    public void It_sees_the_rest_that_a_restart_forgets() => AssertBreaks("M3", new((state, input, now) => Shipped.Next(
        input is DeskInput.Started
            ? state with { Open = state.Open.RemoveAll(t => t.Payment is PaymentState.Refunding.Drawing) }
            : state,
        input, now)), faults: 2);

    [Fact]
    public void It_sees_the_amount_of_the_order_told_to_06_20() =>
        AssertBreaks("M2", Output(PartPlants.TellAll), faults: 2);

    static Exhaustive Input(Func<DeskState, DeskInput, DeskInput> change) =>
        new((state, input, now) => Shipped.Next(state, change(state, input), now));

    static Exhaustive Output(Func<DeskInput, Transition<DeskState>, Transition<DeskState>> change) =>
        new((state, input, now) => change(input, Shipped.Next(state, input, now)));
}
