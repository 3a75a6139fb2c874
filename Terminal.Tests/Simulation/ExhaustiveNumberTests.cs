using Sandbox.Simulation.Bugs;
using Sandbox.Simulation.Search;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Simulation;

/// <summary>Everything that can happen to returns by a receipt number that two sales have.</summary>
[Trait("kind", "instrument")]
public sealed class ExhaustiveNumberTests
{
    static readonly Desk Shipped = new(Tale.Policy);

    [Fact]
    public void Every_promise_holds_for_two_sales_with_one_number_whatever_one_thing_goes_wrong() =>
        ExhaustiveTests.AssertHolds(new(Faults: 1, Orders: 0, Returns: 2, Shared: [400, 1000]));

    [Fact]
    public void No_order_by_the_number_of_two_sales_of_one_amount_comes_to_anything()
    {
        var found = Exhaustive.Shipped().Search(new(Faults: 0, Orders: 0, Returns: 2, Shared: [1000, 1000]));
        Assert.Equal((1, true), (found.States, found.Closed));
        Assert.Empty(found.Story);
    }

    [Fact]
    public void It_sees_the_newest_sale_taken() => AssertBreaks("money moves", ReturnPlants.TakeTheNewest);

    [Fact]
    public void It_sees_the_only_sale_taken_that_can_bear_a_refund() =>
        AssertBreaks("money moves", ReturnPlants.TakeTheOnlyBearer);

    [Fact]
    public void It_sees_another_sale_returned_than_the_amount_names() => AssertBreaks("is of another sale",
        (state, input) => input is DeskInput.ReturnOrdered
        {
            Order: { Rivals: [], Request.Kind: ReturnKind.Refund, Original.Order.Id.Value: "P1" } order
        }
            ? new DeskInput.ReturnOrdered(order with
            {
                Original = state.Find(new("P2")),
            })
            : input);

    [Fact]
    public void It_sees_a_terminal_that_finds_no_sale_by_its_amount() => AssertBreaks("M13", (_, input) =>
        input is DeskInput.ReturnOrdered e
            ? new DeskInput.ReturnOrdered(e.Order with { Rivals = [e.Order.Original!] })
            : input);

    static void AssertBreaks(string how, Func<DeskState, DeskInput, DeskInput> change)
    {
        var search = new Exhaustive((state, input, now) => Shipped.Next(state, change(state, input), now));
        var found = search.Search(new(Faults: 0, Orders: 0, Returns: 1, Shared: [400, 1000]));
        Assert.True(found.Story.Count > 0, $"found nothing in {found.States} states");
        Assert.Contains(how, found.Story[^1], StringComparison.Ordinal);
    }
}
