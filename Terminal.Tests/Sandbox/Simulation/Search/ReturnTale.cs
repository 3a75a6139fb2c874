using System.Collections.Immutable;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Search;

/// <summary>The reversals and refunds of the small world, by number and by reference.</summary>
static class ReturnTale
{
    /// <summary>Under which all were sold that share a number.</summary>
    const int SharedReceipt = 1;

    /// <summary>Sales that the till had booked before the story begins, the last the newest.</summary>
    public static Position Sell(Position scene, IReadOnlyList<long> amounts)
    {
        if (amounts.Count == 0)
        {
            return scene;
        }
        ImmutableArray<Transaction> sold =
        [
            .. amounts.Select((minor, i) => new Transaction(
                new PaymentState.Paid(
                    new Sale(
                        new($"P{i + 1}"), SharedReceipt, i + 1, Tale.Amount with { Minor = minor }, $"c{i + 1}",
                        default, null),
                    "G", 0),
                new DeliveryState.Completed(new Outcome.Approved("G")))),
        ];
        return scene with
        {
            IsShared = true,
            Journal = sold,
            Desk = scene.Desk with { Open = [sold[^1]], Newest = sold[^1].Order.Id },
            Accounts =
            [
                .. sold.Select(t => new Account(t.Order.Id, Standing.Captured, scene.Now, scene.Now, Sent: 1)
                {
                    Captured = true,
                    Minor = t.Order.Worth.Minor,
                }),
            ],
        };
    }

    /// <summary>What the till may say. 06 30 of a number that is one sale's names no amount.</summary>
    public static IEnumerable<ReturnRequest> Requests(Position s) =>
        s.IsShared ? ByNumber(s) : s.Accounts.SelectMany(a => Of(s, a));

    static ReturnRequest[] Of(Position s, Account a) =>
    [
        new(ReturnKind.Reversal, s.Durable(a.Id)!.Order.Receipt, null, null),
        new(ReturnKind.Refund, null, a.Id, Tale.Amount with { Minor = a.Minor / 2 }),
        new(ReturnKind.Refund, null, a.Id, Tale.Amount with { Minor = a.Minor }),
    ];

    /// <summary>No amount, all of each sale, and amounts that each, only one, and none could bear.</summary>
    static IEnumerable<ReturnRequest> ByNumber(Position s)
    {
        var sold = s.Accounts.Select(a => a.Minor).Order().ToList();
        Money?[] amounts =
        [
            null,
            .. sold.Append(sold[0] - 1).Append(sold[0] + 1).Append(sold[^1] + 1).Distinct()
                .Select(minor => (Money?)(Tale.Amount with { Minor = minor })),
        ];
        return
            from kind in Enum.GetValues<ReturnKind>()
            from amount in amounts
            select new ReturnRequest(kind, SharedReceipt, null, amount);
    }

    /// <summary>The order that the loop makes of it.</summary>
    public static ReturnOrder Order(Position scene, ReturnRequest request)
    {
        var choice = request.Receipt is { } receipt
            ? ReceiptChoice.Of(request, Found(scene, receipt), () => [])
            : new(Find(scene, request.Reference!.Value), [], InPeriod: false);
        var (original, number) = (choice.Original!, scene.Journal.Length + 1);
        var paid = original.Order;
        var numbers = new OrderNumbers(new($"P{number}"), number, number, default);
        var earlier = scene.Journal.LastOrDefault(t => t.Order is Return given && given.Of.Id == paid.Id) is { } last
            ? scene.Desk.Find(last.Order.Id) ?? last
            : null;
        return new(request, numbers, original, earlier, choice.InPeriod) { Rivals = choice.Rivals };
    }

    static Transaction Find(Position scene, PaymentId id) => scene.Desk.Find(id) ?? scene.Durable(id)!;

    static Transaction[] Found(Position scene, int receipt) =>
    [
        .. scene.Journal.Reverse().Where(t => t.Order.Receipt == receipt).Select(t => Find(scene, t.Order.Id)),
    ];
}
