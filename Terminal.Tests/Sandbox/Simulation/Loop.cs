using System.Collections.Immutable;
using Sandbox.Simulation.Peers;
using Sandbox.Simulation.Search;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation;

/// <summary>How the terminal takes one input; a planted fault is a wrong one.</summary>
delegate Transition<DeskState> Step(DeskState state, DeskInput input, Moment now);

/// <summary>The loop in miniature: decide, commit, then act; and what a power loss makes of it.</summary>
sealed class Loop(Step step)
{
    /// <summary>The scene after one input, and the promise that it broke.</summary>
    public (Position Next, string? Broken) Take(Position scene, DeskInput input)
    {
        var (committed, effects, broken) = Commit(scene, input);
        return effects.Aggregate((committed, broken), (at, effect) => Act(at.committed, effect, at.broken));
    }

    /// <summary>Power fails between the commit and the first effect; null if nothing was to be committed.</summary>
    public (Position Next, string? Broken)? TakeAndDie(Position scene, DeskInput input)
    {
        var (committed, effects, broken) = Commit(scene, input);
        return effects.Any(e => e is Effect.Record) ? Reboot(committed, broken) : null;
    }

    public (Position Next, string? Broken) Reboot(Position scene, string? broken = null)
    {
        var newest = scene.Journal.IsEmpty ? (PaymentId?)null : scene.Journal[^1].Order.Id;
        var left = scene.Journal.Where(t => !t.IsClosed || t.Order.Id == newest);
        var dark = scene with
        {
            Desk = new(new LaneState.Idle(), [.. left], newest),
            Flight = [.. scene.Flight.Where(IsAbroad).Select(l => l with { Orphan = true, Late = true })],
            Till = [],
            LinkUp = false,
        };
        var (next, found) = Take(dark, new DeskInput.Started());
        return (next, broken ?? found);
    }

    /// <summary>The process is gone, but this may still reach the gateway.</summary>
    static bool IsAbroad(Letter letter) =>
        letter is { Answer: null, Matter: Matter.Pay or Matter.Cancel or Matter.Refund };

    (Position, Effect[], string?) Commit(Position scene, DeskInput input)
    {
        var (next, effects) = step(scene.Desk, input, scene.Now);
        var journal = effects.OfType<Effect.Record>().Aggregate(scene.Journal, Write);
        var accounts = effects.OfType<Effect.Record>().Select(r => r.Fact).OfType<Fact.Requested>().Select(f =>
            new Account(f.Sale.Id, Standing.Unknown, scene.Now, scene.Now + f.Sale.Expiry!.Value, 0));
        var decided = effects.OfType<Effect.Record>().Where(r => r.Fact is Fact.Cancelling)
            .Select(r => r.Payment).ToHashSet();
        var after = scene with
        {
            Desk = next,
            Journal = journal,
            Accounts = [.. scene.Accounts.Concat(accounts).Select(
                a => decided.Contains(a.Id) ? a with { CancelDecided = true } : a)],
        };
        var broken = Judge.Withdrawal(scene, effects) ?? Judge.Step(after, input, effects);
        return input is DeskInput.ReturnOrdered { Order: var order }
            ? (TillReturns.Answered(after, order, effects), effects, broken ?? ReturnJudge.Order(after, order, effects))
            : (after, effects, broken);
    }

    static ImmutableArray<Transaction> Write(ImmutableArray<Transaction> journal, Effect.Record record)
    {
        for (var i = 0; i < journal.Length; i++)
        {
            if (journal[i].Order.Id == record.Payment)
            {
                return journal.SetItem(i, Recovery.Apply(journal[i], record.Fact)!);
            }
        }
        return Recovery.Apply(null, record.Fact) is { } t ? journal.Add(t) : journal;
    }

    (Position, string?) Act(Position scene, Effect effect, string? broken)
    {
        switch (effect)
        {
            case Effect.DrawRefundId e:
                var id = new RefundId($"R{scene.RefundIds + 1}");
                var drawn = new DeskInput.Happened(e.Payment, new PaymentInput.RefundIdDrawn(id));
                var (next, found) = Take(scene with { RefundIds = scene.RefundIds + 1 }, drawn);
                return (next, broken ?? found);
            case Effect.Charge e:
                var account = scene.AccountOf(e.Sale.Id)!;
                return (Post(scene.With(account with { Sent = account.Sent + 1 }), Matter.Pay, new(e.Sale.Id)), broken);
            case Effect.Query e:
                return (Post(Checked(scene, e.Payment, Check.Asked), Matter.Query, new(e.Payment, e.Question)), broken);
            case Effect.Cancel e: return (Post(scene, Matter.Cancel, new(e.Payment, e.Attempt)), broken);
            case Effect.Refund e:
                return (Post(scene, Matter.Refund, new(e.Payment, 0, e.Id.Value, e.Amount.Minor)), broken);
            case Effect.QueryRefund e: return (Post(scene, Matter.RefundQuery, new(e.Payment, 0, e.Id.Value)), broken);
            case Effect.Offer e: return (Owe(scene, new(e.Order.Id, Telling.Status, e.Outcome, Late: false)), broken);
            case Effect.Complete e: return (Owe(scene, new(e.Payment, Telling.Completion, null, Late: false)), broken);
            case Effect.Close e: return (Owe(scene, new(e.Payment, Telling.Abort, e.Outcome, Late: false)), broken);
            default: return (scene, broken);
        }
    }

    /// <summary>If the payment is one whose decline is being checked.</summary>
    public static Position Checked(Position scene, PaymentId id, Check check) =>
        scene.Desk.Find(id)?.Payment is PaymentState.Declined && scene.AccountOf(id) is { } account
            ? scene.With(account with { Check = check })
            : scene;

    static Position Post(Position scene, Matter matter, Address to) => scene with
    {
        Flight = scene.Flight.Add(new(matter, to.Payment, to.Number, to.Refund, scene.Now) { Minor = to.Minor }),
    };

    static Position Owe(Position scene, Duty duty) => scene with { Till = scene.Till.Add(duty) };

    readonly record struct Address(PaymentId Payment, int Number = 0, string Refund = "", long Minor = 0);
}
