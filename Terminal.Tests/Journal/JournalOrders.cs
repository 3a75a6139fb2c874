using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Journal;

/// <summary>Payments for tests, by number.</summary>
static class JournalOrders
{
    public static readonly Stamp At = new(1_767_323_045_000);

    public static PaymentId Id(int n) => new($"PAYMENT{n:D19}");

    public static Sale Sale(int n) => new(
        Id(n), ((n - 1) % 9999) + 1, n, new(1000 + n, Currency.Eur), n.ToString("x32"), At, TimeSpan.FromSeconds(60));

    /// <summary>Of all of sale <paramref name="of"/>.</summary>
    public static Return Return(int n, int of, ReturnKind kind = ReturnKind.Refund) =>
        Terminal.Payments.Orders.Return.New(
            kind, new(Id(n), Sale(n).Receipt, n, At), Sale(of).Amount,
            new(Id(of), "G1", Sale(of).Receipt, Sale(of).Trace));

    public static EndOfDay EndOfDay(int n) => new(
        Id(n), Sale(n).Receipt, n, At,
        new(new(3, 400), new(1, 200), new(2, 100), (4, 8), 40, 38) { Unresolved = 1 });

    /// <summary>What no older version wrote.</summary>
    public static EndOfDay Balanced(int n)
    {
        var closing = EndOfDay(n);
        return closing with { Totals = closing.Totals with { Balance = new(-20, 90, new(1, 50), 170) } };
    }

    public static Effect.Record Requested(int n) => new(Id(n), new Fact.Requested(Sale(n)));

    public static Effect.Record[] Approved(int n) =>
    [
        new(Id(n), new Fact.Paid("G" + n)),
        new(Id(n), new Fact.Offered(new Outcome.Approved("G" + n))),
    ];

    public static Effect.Record Acknowledged(int n) => new(Id(n), new Fact.Acknowledged());

    public static Effect.Record Completed(int n) => new(Id(n), new Fact.Completed());

    /// <summary>Many whole payments, at once.</summary>
    public static void PayAll(this Ledger ledger, int first, int last)
    {
        foreach (var some in Enumerable.Range(first, last - first + 1).Chunk(100))
        {
            ledger.Commit([.. some.SelectMany(
                n => (Effect.Record[])[Requested(n), .. Approved(n), Acknowledged(n), Completed(n)])], At);
        }
    }

    /// <summary>Many whole payments, a commit each.</summary>
    public static void PayEach(this Ledger ledger, int first, int last)
    {
        for (var n = first; n <= last; n++)
        {
            ledger.Commit([Requested(n), .. Approved(n), Acknowledged(n), Completed(n)], At);
        }
    }

    /// <summary>A whole payment, as the loop would commit it.</summary>
    public static void Pay(this Ledger ledger, int n)
    {
        ledger.Commit([Requested(n)], At);
        ledger.Commit(Approved(n), At);
        ledger.Commit([Acknowledged(n)], At);
        ledger.Commit([Completed(n)], At);
    }
}
