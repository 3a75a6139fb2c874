using Terminal.Journal;

namespace Sandbox.Fuzz;

/// <summary>Raw bytes of a damaged journal, searched for rows.</summary>
sealed class RowTarget() : FuzzTarget("row")
{
    public override void Take(byte[] input)
    {
        for (var at = 0; (at = RowScan.Next(input, at)) >= 0; at++)
        {
            if (RowScan.Read(input, at, out _) is not { } entry)
            {
                continue;
            }
            CountDeep();
            Expect(entry.Sequence >= 1 && entry.Body.Length is > 0 and <= Entry.MaxBody, "an entry within its limits");
            Expect(entry.PaymentId.Length <= Entry.MaxName, "an id within its limit");
            Expect(entry.Kind.Length is > 0 and <= Entry.MaxName, "a kind within its limit");
            Expect(input.AsSpan().IndexOf(entry.Body) >= 0 && entry.Hash.Length == 32, "made of what is there");
        }
    }
}
