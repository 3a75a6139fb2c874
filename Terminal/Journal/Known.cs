using Terminal.Payments;

namespace Terminal.Journal;

/// <summary>What the journal knows of one payment: its facts folded, and the head that this makes.</summary>
sealed record Known(Transaction Transaction, Head Head)
{
    /// <summary>Replays a payment's entries, in order; null if they do not begin with its request.</summary>
    public static Known? Replay(IReadOnlyList<Entry> entries)
    {
        Known? known = null;
        foreach (var entry in entries)
        {
            known = After(known, FactCodec.Decode(entry), entry.Sequence);
        }
        return known;
    }

    /// <summary>Null while nothing was requested.</summary>
    public static Known? After(Known? before, Fact fact, long sequence)
    {
        if (Recovery.Apply(before?.Transaction, fact) is not { } t)
        {
            return null;
        }
        var first = before?.Head.FirstSequence ?? sequence;
        return new(t, new(t.Sale.Id.Value, t.Sale.Receipt, t.Sale.Fingerprint, !t.IsClosed, first, sequence));
    }
}
