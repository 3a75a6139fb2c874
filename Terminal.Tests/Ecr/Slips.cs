using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Ecr;

/// <summary>What the desk offers in a <see cref="Transcript"/>.</summary>
static class Slips
{
    public static readonly Sale Sale = new(
        new("PAYMENT"), Receipt: 42, Trace: 4711, new(1234, Currency.Eur), new string('0', 32), new(1767323045000),
        Expiry: null);

    public static readonly Reversal Reversal = new(
        new("RETURN"), Receipt: 43, Trace: 4712, Sale.At, Sale.Amount, new(Sale.Id, "2026010200000001", 42, 4711));

    public static readonly EndOfDay EndOfDay = new(
        new("CLOSING"), Receipt: 44, Trace: 4713, Sale.At,
        new(new(17, 20000), new(1, 2000), new(1, 250), (30, 43), 160, 158)
        {
            Unresolved = 2,
            Balance = new(19250, 16750, new(1, 1500), 0),
        });

    /// <param name="part">What goods were issued for; empty: all.</param>
    public static Effect.Complete Completed(string part) =>
        new(Sale.Id) { Delivered = part.Length > 0 ? long.Parse(part) : null };

    public static readonly Outcome TooOld = new Outcome.Rejected(new(NotPaidReason.Refused, "TOO_OLD"));

    /// <summary>By the word after "desk".</summary>
    public static readonly IReadOnlyDictionary<string, (Order Order, Outcome Outcome)> Offers =
        new Dictionary<string, (Order, Outcome)>
        {
            ["approves"] = (Sale, new Outcome.Approved("2026010200000001")),
            ["approves-the-mirrored"] =
                (Sale with { IsMirrored = true }, new Outcome.Approved("2026010200000001")),
            ["approves-a-part"] =
                (Sale with { Delivered = 500 }, new Outcome.Approved("2026010200000001")),
            ["reverses"] = (Reversal, new Outcome.Approved("")),
            ["cannot-reverse"] = (Reversal, TooOld),
            ["has-not-reversed-yet"] = (Reversal, new Outcome.NotConfirmed()),
            ["closes-the-period"] = (EndOfDay, new Outcome.Approved("")),
        };
}
