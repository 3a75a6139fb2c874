using System.Globalization;
using Terminal.Panel;
using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>
/// What is printed of a payment: the data that PA00P015 chapter 6.3 asks for, and the result in words that cannot be
/// taken for another one.
/// </summary>
public sealed class Receipt(EcrSettings settings)
{
    static readonly Phrase
        ForMerchant = new("MERCHANT RECEIPT", "HÄNDLERBELEG"),
        ForCustomer = new("CUSTOMER RECEIPT", "KUNDENBELEG"),
        Copy = new("COPY", "KOPIE"),
        Sale = new("SALE", "ZAHLUNG"),
        Reversal = new("REVERSAL", "STORNO"),
        Refund = new("REFUND", "GUTSCHRIFT"),
        EndOfDay = new("END-OF-DAY", "KASSENSCHNITT"),
        Amount = new("Amount", "Betrag"),
        Till = new("Till", "Kasse"),
        Gateway = new("Gateway", "Gateway"),
        HeadOffice = new("Head office", "Zentrale"),
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

    /// <summary>Every receipt that the ECR is to print of it, ready to be sent.</summary>
    public IEnumerable<Apdu> Messages(Sale sale, Outcome outcome, ReplyTerms terms) =>
        terms.Receipts.Wanted(outcome is Outcome.Approved)
            .SelectMany(kind => PrintMessages.Of(Of(sale, outcome, kind, terms), kind, terms));

    public IReadOnlyList<PrintLine> Of(Sale sale, Outcome outcome, ReceiptKind kind, ReplyTerms terms)
    {
        var (width, language) = (terms.Agreed.PrinterWidth, terms.Language);
        var verdict = InstructionText.Of(sale, outcome, settings.HasHeadOffice);
        List<PrintLine> lines = [];
        if (!terms.Receipts.WithoutHeader)
        {
            lines.AddRange(settings.ReceiptHeader.SelectMany(line => Centred(line, width)));
        }
        lines.AddRange(Centred((kind == ReceiptKind.Customer ? ForCustomer : ForMerchant).In(language), width));
        if (terms.Receipts.IsCopy)
        {
            lines.AddRange(Centred(Copy.In(language), width));
        }
        lines.Add(new(""));
        lines.AddRange(Centred($"{Title(sale).In(language)} {settings.CardName}", width));
        lines.AddRange(Pairs(sale, verdict.Code, (language, width)));
        lines.Add(new(""));
        lines.Add(new(Headline(sale, outcome).In(language), PrintLine.Centred | PrintLine.DoubleHeight));
        lines.AddRange(PrintText.Wrap(verdict.Text.In(language), width).Select(line => new PrintLine(line)));
        if (outcome is not Outcome.Approved)
        {
            lines.AddRange(Centred(NoProof.In(language), width));
        }
        return lines;
    }

    IEnumerable<PrintLine> Pairs(Sale sale, byte code, (Language Language, int Width) page)
    {
        var at = settings.LocalTime(sale.At);
        var isGerman = page.Language == Language.German;
        var day = at.ToString(isGerman ? "dd.MM.yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
        (Phrase Label, string Value)[] pairs =
        [
            (Terminal, settings.TerminalId),
            (Number, $"{sale.Receipt:0000}"),
            (Trace, $"{sale.Trace:000000}"),
            (new(day, day), at.ToString("HH:mm:ss", CultureInfo.InvariantCulture)),
            .. Amounts(sale).Select(a => (a.Label, isGerman ? a.Value.Replace('.', ',') : a.Value)),
            (Result, $"{code:X2}"),
        ];
        return pairs.SelectMany(pair => PrintText.Pair(pair.Label.In(page.Language), pair.Value, page.Width))
            .Select(line => new PrintLine(line));
    }

    /// <summary>Of an end-of-day one for each who counts.</summary>
    IEnumerable<(Phrase Label, string Value)> Amounts(Sale sale)
    {
        if (sale.Instruction is not Instruction.EndOfDay { Totals: { Balance: { } balance } totals })
        {
            return [(Amount, sale.Amount.ToString())];
        }
        (Phrase, long)[] sums = settings.HasHeadOffice
            ? [(Till, totals.Net), (Gateway, balance.Gateway), (HeadOffice, balance.HeadOffice)]
            : [(Till, totals.Net), (Gateway, balance.Gateway)];
        return sums.Select(s => (s.Item1, TotalsText.Of(s.Item2, sale.Amount)));
    }

    static IEnumerable<PrintLine> Centred(string text, int width) =>
        PrintText.Wrap(text, width).Select(line => new PrintLine(line, PrintLine.Centred));

    static Phrase Title(Sale sale) => sale.Instruction switch
    {
        Instruction.Return { Kind: ReturnKind.Reversal } => Reversal,
        Instruction.Return => Refund,
        Instruction.EndOfDay => EndOfDay,
        _ => Sale,
    };

    static Phrase Headline(Sale sale, Outcome outcome) => (outcome, sale.Instruction) switch
    {
        (Outcome.Approved, Instruction.Return) => Returned,
        (Outcome.Approved, Instruction.EndOfDay) => Closed,
        (Outcome.Approved, _) => Paid,
        (Outcome.Rejected, Instruction.Return) => NotReturned,
        (Outcome.Rejected, _) => NotPaid,
        _ => NotConfirmed,
    };
}
