using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>Result code and the cashier's words for any instruction; payments: <see cref="ResultCode"/>.</summary>
static class InstructionText
{
    public static (byte Code, string Text) Of(Sale sale, Outcome outcome)
    {
        var (code, text) = ResultCode.Of(outcome);
        return (code, sale.Instruction switch
        {
            Instruction.Return r => Of(r, outcome, sale.Amount),
            Instruction.EndOfDay e when outcome is Outcome.Approved => "Period closed. " + Of(e.Totals, sale.Amount),
            Instruction.EndOfDay => "Not confirmed. Repeat the end-of-day.",
            _ => text,
        });
    }

    static string Of(Instruction.Return r, Outcome outcome, Money amount)
    {
        var done = r.Kind == ReturnKind.Reversal ? "reversed" : "refunded";
        return outcome switch
        {
            Outcome.Approved => $"Receipt {r.Receipt:0000}: {amount} {done}. PID:{ResultCode.Short(r.GatewayId)}",
            Outcome.Rejected { Why: { Reason: NotPaidReason.Resolved } } =>
                $"Receipt {r.Receipt:0000}: not {done}, settled by hand.",
            Outcome.Rejected e =>
                $"Receipt {r.Receipt:0000}: not {done}, the payment network refuses. [{ResultCode.Short(e.Why.Code)}]",
            _ => $"Receipt {r.Receipt:0000}: not confirmed yet, goes on by itself. Do not order it again; " +
                "repeat the receipt to see the result.",
        };
    }

    /// <summary>
    /// The balance: what we, the gateway and the head office agree on, and what is still open. Short, so that the
    /// message stays under 255 bytes: some registers know no longer one.
    /// </summary>
    public static string Of(PeriodTotals t, Money unit) =>
        $"Sales {Of(t.Sales, unit)}, reversals {Of(t.Reversals, unit)}, refunds {Of(t.Refunds, unit)}, " +
        $"total {unit.Currency.Code} {Amount(t.Net, unit)}, gateway confirmed. Unresolved {t.Unresolved}. " +
        $"Head office {Math.Min(t.Stored, t.Entries)}/{t.Entries}.";

    static string Of(Tally tally, Money unit) => $"{tally.Count} {Amount(tally.Minor, unit)}";

    static string Amount(long minor, Money unit) =>
        (minor < 0 ? "-" : "") + (unit with { Minor = Math.Abs(minor) }).ToString()[(unit.Currency.Code.Length + 1)..];
}
