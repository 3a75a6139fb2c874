using System.Security.Cryptography;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Sandbox.Bench;

/// <summary>Made-up payments that went well: the facts of a real one, grouped as the service commits them.</summary>
static class Facts
{
    public const int PerPayment = 5;

    static readonly IdSource Ids = new();

    /// <summary>The four commits of one payment.</summary>
    public static Effect.Record[][] Payment((int Receipt, int Trace) numbers)
    {
        var id = Ids.NextPayment();
        // As scattered as the real, keyed hash: that is what makes its index cost more in a long journal.
        var fingerprint = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var sale = new Sale(
            id, numbers.Receipt, numbers.Trace, new(1234, Currency.Eur), fingerprint, Now(), TimeSpan.FromMinutes(1));
        var gatewayId = $"20260101{id.Value}";
        return
        [
            [new(id, new Fact.Requested(sale))],
            [new(id, new Fact.Paid(gatewayId)), new(id, new Fact.Offered(new Outcome.Approved(gatewayId)))],
            [new(id, new Fact.Acknowledged())],
            [new(id, new Fact.Completed())],
        ];
    }

    /// <summary>Fills a journal as the service does, so that its frames are as long as real ones.</summary>
    public static void Fill(Ledger ledger, int payments)
    {
        for (var done = 0; done < payments; done++)
        {
            Array.ForEach(Payment(ledger.NextNumbers()), records => ledger.Commit(records, Now()));
        }
    }

    public static Stamp Now() => new(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
}
