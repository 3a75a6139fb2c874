using System.Globalization;
using Terminal.Ecr.Messages;
using Terminal.Panel.Words;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Receipts;

/// <summary>
/// The printed receipt of a payment or an end-of-day: the data required by PA00P015 chapter 6.3, and the result in
/// words that cannot be mistaken for another result.
/// </summary>
sealed class Receipt(EcrSettings settings)
{
    static readonly Phrase
        ForMerchant = new("MERCHANT RECEIPT", "HÄNDLERBELEG"),
        ForCustomer = new("CUSTOMER RECEIPT", "KUNDENBELEG"),
        Copy = new("COPY", "KOPIE"),
        SaleTitle = new("SALE", "ZAHLUNG"),
        ReversalTitle = new("REVERSAL", "STORNO"),
        RefundTitle = new("REFUND", "GUTSCHRIFT"),
        EndOfDayTitle = new("END-OF-DAY", "KASSENSCHNITT"),
        Amount = new("Amount", "Betrag"),
        Ordered = new("Ordered", "Bestellt"),
        Terminal = new("Terminal", "Terminal"),
        Number = new("Receipt", "Beleg"),
        Trace = new("Trace", "Trace"),
        Result = new("Result", "Ergebnis"),
        Paid = new("PAID", "BEZAHLT"),
        Returned = new("RETURNED", "ERSTATTET"),
        Closed = new("CLOSED", "ABGESCHLOSSEN"),
        NotReturned = new("NOT RETURNED", "NICHT ERSTATTET"),
        NotPaid = new("NOT PAID", "NICHT BEZAHLT"),
        NotConfirmed = new("NOT CONFIRMED", "NICHT BESTÄTIGT"),
        NoProof = new("This is no proof of payment.", "Kein Zahlungsnachweis.");

    /// <summary>Every receipt that the ECR prints for this outcome, ready to send.</summary>
    public IEnumerable<Apdu> Messages(Order order, Outcome outcome, ReplyTerms terms) =>
        Wanted(order, outcome, terms.Receipts)
            .SelectMany(kind => PrintMessages.Of(Of(order, outcome, kind, terms), kind, terms));

    /// <summary>An end-of-day has one receipt, for the merchant's files.</summary>
    static IEnumerable<ReceiptKind> Wanted(Order order, Outcome outcome, ReceiptOrder wishes) =>
        order is not EndOfDay ? wishes.Wanted(outcome is Outcome.Approved)
        : wishes.Administration == PrintCommand.None ? []
        : [ReceiptKind.Administration];

    public IReadOnlyList<PrintLine> Of(Order order, Outcome outcome, ReceiptKind kind, ReplyTerms terms)
    {
        var (width, language) = (terms.Agreed.PrinterWidth, terms.Language);
        var title = Title(order).With($" {settings.CardName}").In(language);
        IEnumerable<string> head =
        [
            .. terms.Receipts.WithoutHeader ? [] : settings.ReceiptHeader,
            kind switch
            {
                ReceiptKind.Customer => ForCustomer.In(language),
                ReceiptKind.Merchant => ForMerchant.In(language),
                _ => title,
            },
            .. terms.Receipts.IsCopy ? [Copy.In(language)] : Array.Empty<string>(),
        ];
        List<PrintLine> lines = [.. head.SelectMany(line => Centred(line, width)), new("")];
        if (kind != ReceiptKind.Administration)
        {
            lines.AddRange(Centred(title, width));
        }
        lines.AddRange(Pairs(order, outcome, language)
            .SelectMany(pair => PrintText.Pair(pair.Label.In(language), pair.Value.In(language), width))
            .Select(line => new PrintLine(line)));
        lines.Add(new(""));
        lines.Add(new(Headline(order, outcome).In(language), PrintLine.Centred | PrintLine.DoubleHeight));
        lines.AddRange(PrintText.Wrap(Words(order, outcome, kind).In(language), width)
            .Select(line => new PrintLine(line)));
        if (outcome is not Outcome.Approved && kind != ReceiptKind.Administration)
        {
            lines.AddRange(Centred(NoProof.In(language), width));
        }
        return lines;
    }

    IEnumerable<(Phrase Label, Phrase Value)> Pairs(Order order, Outcome outcome, Language language)
    {
        var at = settings.LocalTime(order.At);
        var day = at.ToString(language == Language.German ? "dd.MM.yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return
        [
            (Terminal, Phrase.Same(settings.TerminalId)),
            (Number, Phrase.Same($"{order.Receipt:0000}")),
            (Trace, Phrase.Same($"{order.Trace:000000}")),
            (Phrase.Same(day), Phrase.Same(at.ToString("HH:mm:ss", CultureInfo.InvariantCulture))),
            .. order is Sale { Delivered: not null } sale ? [(Ordered, Phrase.Of(sale.Amount))]
                : Array.Empty<(Phrase, Phrase)>(),
            .. order is not EndOfDay closed ? [(Amount, Phrase.Of(order.Worth))]
                : outcome is Outcome.Approved ? PeriodReceipt.Lines(closed.Totals, closed.Worth, settings.HasHeadOffice)
                : [],
            (Result, Phrase.Same($"{InstructionText.Of(order, outcome, settings.HasHeadOffice).Code:X2}")),
        ];
    }

    /// <summary>
    /// On the receipt of an end-of-day the figures stand above these words, which say whether they agree.
    /// </summary>
    Phrase Words(Order order, Outcome outcome, ReceiptKind kind) => (order, outcome) switch
    {
        // The gateway's own code helps the person who calls service, not the customer.
        (_, Outcome.Rejected { Why: { Code.Length: > 0 } why }) when kind == ReceiptKind.Customer =>
            Words(order, new Outcome.Rejected(why with { Code = "" }), kind),
        (EndOfDay e, Outcome.Approved) => TotalsText.Verdict(e.Totals, e.Worth, settings.HasHeadOffice),
        _ => InstructionText.Of(order, outcome, settings.HasHeadOffice).Text,
    };

    static IEnumerable<PrintLine> Centred(string text, int width) =>
        PrintText.Wrap(text, width).Select(line => new PrintLine(line, PrintLine.Centred));

    static Phrase Title(Order order) => order switch
    {
        Reversal => ReversalTitle,
        Refund => RefundTitle,
        EndOfDay => EndOfDayTitle,
        _ => SaleTitle,
    };

    static Phrase Headline(Order order, Outcome outcome) => (outcome, order) switch
    {
        (Outcome.Approved, Return) => Returned,
        (Outcome.Approved, EndOfDay) => Closed,
        (Outcome.Approved, _) => Paid,
        (Outcome.Rejected, Return) => NotReturned,
        (Outcome.Rejected, _) => NotPaid,
        _ => NotConfirmed,
    };
}
