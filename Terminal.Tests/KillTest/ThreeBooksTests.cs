using Sandbox.KillTest;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Tests.Payments;

namespace Terminal.Tests.KillTest;

/// <summary>The comparison of the three books sees a difference in each of them.</summary>
public sealed class ThreeBooksTests
{
    static readonly Sale Sale = Some.Sale();
    static readonly string Id = Sale.Id.Value;
    static readonly long Cents = Sale.Amount.Minor;

    static readonly Transaction Paid = new(
        new PaymentState.Paid(Sale, Some.GatewayId, 0), new DeliveryState.Acknowledged(new(Some.GatewayId)));

    static readonly Transaction Cancelled = Paid with
    {
        Payment = new PaymentState.Cancelled(Sale, new(NotPaidReason.NoAnswer)),
    };

    [Fact]
    public void Paid_everywhere_or_nowhere_is_agreement()
    {
        Assert.Empty(ThreeBooks.Compare([Paid], Captured(Cents), Booked(Cents)));
        Assert.Empty(ThreeBooks.Compare([Cancelled], Captured(0), Booked(0)));
        Assert.Empty(ThreeBooks.Compare([Cancelled], Captured(), Booked()));
    }

    [Fact]
    public void Money_that_one_book_alone_has_or_misses_is_seen()
    {
        Assert.Single(ThreeBooks.Compare([Paid], Captured(Cents), Booked()));
        Assert.Single(ThreeBooks.Compare([Paid], Captured(), Booked(Cents)));
        Assert.Single(ThreeBooks.Compare([Cancelled], Captured(Cents), Booked()));
        Assert.Single(ThreeBooks.Compare([Cancelled], Captured(), Booked(Cents)));
        Assert.Single(ThreeBooks.Compare([Paid], Captured(Cents), Booked(Cents + 1)));
        Assert.Single(ThreeBooks.Compare([Paid], Captured(Cents + 1), Booked(Cents)));
    }

    [Fact]
    public void What_the_journal_does_not_know_is_seen()
    {
        Assert.Single(ThreeBooks.Compare([], Captured(Cents), Booked()));
        Assert.Single(ThreeBooks.Compare([], Captured(), Booked(Cents)));
    }

    static Dictionary<string, long> Captured(params long[] cents) => cents.ToDictionary(_ => Id);

    static Dictionary<int, long> Booked(params long[] cents) => cents.ToDictionary(_ => Sale.Receipt);
}
