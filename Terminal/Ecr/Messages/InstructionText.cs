using Terminal.Ecr.Commands;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Messages;

/// <summary>
/// Verdict and words for reversal, refund and end-of-day; <see cref="ResultCode"/> has those for payments.
/// </summary>
static class InstructionText
{
    /// <summary>How many payments with the same number are named. Most ECRs cannot show or print more.</summary>
    const int MostNamed = 3;

    /// <param name="hasHeadOffice">False: an end-of-day says nothing about storage there.</param>
    public static Verdict Of(Order order, Outcome outcome, bool hasHeadOffice)
    {
        var verdict = ResultCode.Of(outcome);
        return order switch
        {
            Return r => verdict with
            {
                Code = outcome is Outcome.Rejected ? ResultCode.NotReversible : verdict.Code,
                Text = Of(r, outcome),
            },
            EndOfDay e when outcome is Outcome.Approved =>
                verdict with { Text = TotalsText.Closed(e.Totals, e.Worth, hasHeadOffice) },
            EndOfDay => verdict with
            {
                Text = new("Not confirmed. Repeat the end-of-day.", "Nicht bestätigt. Kassenschnitt wiederholen."),
            },
            Sale sale when outcome is Outcome.Approved => verdict with
            {
                Text = (verdict.Text + Part(sale)).With($" {ReturnCommand.ReferencePrefix}{sale.Id}"),
            },
            _ => verdict,
        };
    }

    /// <summary>The ECR refuses to hear a success again. The end of its command must not deny the success.</summary>
    /// <param name="order">Null: a payment.</param>
    public static Verdict Standing(Order? order) => new(ResultCode.Aborted, "ST", order switch
    {
        Return r => new(
            $"Receipt {r.Of.Receipt:0000}: {Done(r).English}, and it stands.",
            $"Beleg {r.Of.Receipt:0000}: {Done(r).German}, und das gilt."),
        EndOfDay => new(
            "The period is closed. Repeat the receipt for its totals.",
            "Kassenschnitt ist fertig. Beleg wiederholen zeigt die Summen."),
        _ => new(
            "Paid: the payment stands. Only a reversal returns it.",
            "Bezahlt: die Zahlung gilt. Nur ein Storno erstattet sie."),
    });

    /// <summary>The verdict on a return that moved nothing.</summary>
    public static Verdict Of(Refusal refusal, EcrSettings settings)
    {
        var (en, de) = ($"Receipt {refusal.Receipt:0000}", $"Beleg {refusal.Receipt:0000}");
        return refusal.Reason switch
        {
            RefusalReason.AlreadyReturned => new(ResultCode.AlreadyReversed, "RB",
                new($"{en}: the money was returned before.", $"{de}: der Betrag wurde schon erstattet.")),
            RefusalReason.ReturnUnderWay => new(ResultCode.NotReversible, "RW", new(
                $"{en}: a return is under way. Do not order it again.",
                $"{de}: Erstattung läuft. Nicht neu beauftragen.")),
            RefusalReason.ReturnNeedsPerson => new(ResultCode.NotReversible, "RP", new(
                $"{en}: its return needs a person (P-404). Call service.",
                $"{de}: Erstattung braucht eine Entscheidung (P-404). Service rufen.")),
            RefusalReason.PeriodClosed => new(ResultCode.NotReversible, "PC", new Phrase(
                $"{en} is in a closed period. Refund it by its REF. ",
                $"{de} ist abgeschlossen. Gutschrift mit REF. ") + Candidates(refusal, settings)),
            RefusalReason.ReceiptAmbiguous => new(ResultCode.NotReversible, "RM", new Phrase(
                $"{en} is the number of {refusal.Candidates.Count} payments. Add the whole amount, or refund by REF. ",
                $"{de} gibt es {refusal.Candidates.Count} mal. Ganzen Betrag angeben oder Gutschrift mit REF. ") +
                Candidates(refusal, settings)),
            RefusalReason.NotReturnable => new(ResultCode.NotReversible, "NR", new(
                $"{en} cannot be returned: not paid, partly refunded, or the last refund is not acknowledged.",
                $"{de} nicht erstattbar: nicht bezahlt, teils erstattet, oder letzte Gutschrift unbestätigt.")),
            RefusalReason.ReturnAmount => new(ResultCode.NotReversible, "RA",
                new Phrase($"{en}: ", $"{de}: ") + (refusal.Most is { } most ? Phrase.Of(most) : Phrase.Same("–")) +
                new Phrase(" can be returned.", " sind erstattbar.")),
            _ when refusal.Receipt > 0 => new(ResultCode.NotReversible, "RU",
                new($"{en} not found in this period.", $"{de} in dieser Periode nicht gefunden.")),
            _ => new(ResultCode.NotReversible, "RU", new(
                "No payment found. Send its receipt number, or its REF:",
                "Keine Zahlung gefunden. Belegnummer oder REF: senden.")),
        };
    }

    /// <summary>Date, time, amount and reference of each candidate, the newest first.</summary>
    static Phrase Candidates(Refusal refusal, EcrSettings settings)
    {
        var all = refusal.Candidates;
        var named = all.Take(MostNamed).Select(sale => Candidate(sale, settings.LocalTime(sale.At)))
            .Aggregate(Phrase.Same(""), (some, next) => some.English.Length == 0 ? next : some.With("; ") + next);
        var left = all.Count - MostNamed;
        return left <= 0 ? named : named + new Phrase($"; {left} older", $"; {left} ältere");
    }

    static Phrase Candidate(Sale sale, DateTimeOffset at) =>
        (Phrase.At(at) + Phrase.Of(sale.Worth)).With($" {ReturnCommand.ReferencePrefix}{sale.Id}");

    /// <summary>Names the whole amount of a sale for which the till issued only part of the goods.</summary>
    static Phrase Part(Sale sale) => sale.Delivered is null ? Phrase.Same("")
        : new Phrase(" Part of ", " Teil von ") + Phrase.Of(sale.Amount) +
            new Phrase(", the rest goes back.", ", der Rest geht zurück.");

    static Phrase Of(Return r, Outcome outcome)
    {
        var (en, de) = ($"Receipt {r.Of.Receipt:0000}: ", $"Beleg {r.Of.Receipt:0000}: ");
        var (done, fertig) = Done(r);
        return outcome switch
        {
            Outcome.Approved => (new Phrase(en, de) + Phrase.Of(r.Amount) + new Phrase($" {done}.", $" {fertig}."))
                .With($" PID:{ResultCode.Short(r.Of.GatewayId)}"),
            Outcome.Rejected { Why.Reason: NotPaidReason.Resolved } =>
                new($"{en}not {done}, settled by hand.", $"{de}nicht {fertig}, von Hand geklärt."),
            Outcome.Rejected e => new Phrase(
                $"{en}not {done}, the payment network refuses.", $"{de}nicht {fertig}, vom Zahlungsnetz abgelehnt.")
                .With(ResultCode.InBrackets(e.Why.Code)),
            _ => new(
                $"{en}not confirmed yet, goes on by itself. Do not order it again; " +
                "repeat the receipt to see the result.",
                $"{de}noch nicht bestätigt, läuft von selbst weiter. Nicht neu beauftragen; Beleg wiederholen."),
        };
    }

    static Phrase Done(Return order) =>
        order is Reversal ? new("reversed", "storniert") : new("refunded", "gutgeschrieben");
}
