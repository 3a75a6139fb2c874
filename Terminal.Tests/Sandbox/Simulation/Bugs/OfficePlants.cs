using Sandbox.Backend;
using Sandbox.Scanner;
using Terminal.Backend;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Payments;

namespace Sandbox.Simulation.Bugs;

/// <summary>An acknowledgement is believed whatever hash it brings.</summary>
sealed class TrustingPlant : Plant
{
    public override Action<BackendEvent> Heard(IJournal journal, Action<BackendEvent> sync) => happened =>
        sync(happened is BackendEvent.Received e && Ack.Parse(e.Payload) is { Upto: > 0 } ack &&
            HashOf(journal, ack.Upto) is { } ours
                ? e with { Payload = (ack with { Hash = ours }).Write() }
                : happened);

    /// <summary>Null also while the journal cannot be read.</summary>
    static byte[]? HashOf(IJournal journal, long sequence)
    {
        try
        {
            return journal.Read(sequence, 1) is [var entry] ? entry.Hash : null;
        }
        catch (JournalFailedException)
        {
            return null;
        }
    }
}

/// <summary>When much has piled up, the sync leaves some of it out.</summary>
sealed class DroppingPlant : Plant
{
    const int Full = 30;

    public override IJournal Synced(IJournal journal) => new Forgetful(journal);

    sealed class Forgetful(IJournal all) : IJournal
    {
        public string Epoch => all.Epoch;
        public Entry? Last => all.Last;
        public long Acknowledged => all.Acknowledged;
        public Anchor Anchor => all.Anchor;

        public IReadOnlyList<Entry> Read(long from, int limit) =>
            limit > 1 && all.Last!.Sequence - from > Full ? all.Read(from + 5, limit) : all.Read(from, limit);

        public void Acknowledge(long upto) => all.Acknowledge(upto);

        public void Append(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads) => all.Append(entries, heads);
        public IReadOnlyList<Entry> ReadPayment(Head head) => all.ReadPayment(head);
        public IReadOnlyList<Head> ReadHeads(long from, long upto) => all.ReadHeads(from, upto);
        public IReadOnlyList<Head> OpenHeads() => all.OpenHeads();
        public Head? Find(string paymentId) => all.Find(paymentId);
        public IReadOnlyList<Head> FindByReceipt(int receipt, long from) => all.FindByReceipt(receipt, from);
        public Anchor? NextCut => all.NextCut;
        public void Drop(Anchor upto) => all.Drop(upto);
        public Head? FindByFingerprint(string fingerprint, long from) => all.FindByFingerprint(fingerprint, from);
        public IReadOnlyList<Head> NewestHeads(int limit) => all.NewestHeads(limit);
        public void Dispose() => all.Dispose();
    }
}

/// <summary>The head office counts an entry that comes again.</summary>
sealed class RecountingPlant : Plant
{
    public override bool CountsAgain => true;
}

/// <summary>The signature of an answer is not looked at.</summary>
sealed class UnverifyingPlant : Plant
{
    public override bool Verifies => false;
}

/// <summary>The log says which code was paid with.</summary>
sealed class TellingPlant : Plant
{
    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) =>
        {
            var decided = desk(state, input, now);
            var told = decided.Effects.OfType<Effect.Charge>()
                .Select(c => new Effect.Alarm(c.Sale.Id, $"submitted {c.Code.Text()}"));
            return decided with { Effects = [.. decided.Effects, .. told] };
        };
    }
}
