using Terminal.Ecr.Messages;
using Terminal.Ecr.Receipts;
using Terminal.Panel.Words;

namespace Terminal.Ecr.Commands;

/// <summary>The commands by which an ECR maintains a terminal: 06 70, 06 79, 06 93 and 06 18.</summary>
static class Diagnostics
{
    static readonly Phrase
        Title = new("DIAGNOSIS", "DIAGNOSE"),
        Terminal = new("Terminal", "Terminal"),
        Software = new("Software", "Software"),
        Wallet = new("Wallet", "Wallet"),
        Ready = new("Terminal ready.", "Terminal bereit."),
        OutOfOrder = new("No payments at present.", "Zurzeit keine Zahlungen.");

    /// <summary>
    /// Prints what this terminal is. It sends no 04 01: our clock is not the gateway's, and a box without a battery
    /// clock must not set the clock of a register.
    /// </summary>
    public static EcrCommand Diagnose(EcrRequest request)
    {
        var terms = ReplyTerms.Of(request.Agreement);
        var (language, width) = (terms.Language, terms.Agreed.PrinterWidth);
        (Phrase Label, string Value)[] pairs =
        [
            (Terminal, request.Settings.TerminalId),
            (Software, request.Settings.Version),
            (Wallet, request.Settings.CardName),
        ];
        List<PrintLine> lines =
        [
            new(Title.In(language), PrintLine.Centred),
            .. pairs.SelectMany(p => PrintText.Pair(p.Label.In(language), p.Value, width))
                .Select(line => new PrintLine(line)),
            .. PrintText.Wrap((request.IsOutOfOrder() ? OutOfOrder : Ready).In(language), width)
                .Select(line => new PrintLine(line, PrintLine.Centred)),
        ];
        return new EcrCommand.Serve([.. Administration(request, lines), Done]);
    }

    /// <summary>Every request is signed, so no keys come from a host and there is nothing to do.</summary>
    public static EcrCommand Initialise(EcrRequest request) =>
        request.AfterPassword().Refused as EcrCommand ?? new EcrCommand.Serve(Done);

    /// <summary>
    /// All that an ECR can see of a restart: the line is opened again at its first rate, and the ECR is unregistered.
    /// </summary>
    public static EcrCommand Reset(EcrRequest request) =>
        new EcrCommand.Serve(Done) { Registration = Registration.None, Reopen = request.Settings.Baud };

    static Apdu Done => new(Command.Completion, []);

    /// <summary>An administration receipt, if the ECR prints them.</summary>
    static IEnumerable<Apdu> Administration(EcrRequest request, IReadOnlyList<PrintLine> lines)
    {
        var terms = ReplyTerms.Of(request.Agreement);
        return terms.Receipts.Administration == PrintCommand.None
            ? []
            : PrintMessages.Of(lines, ReceiptKind.Administration, terms);
    }
}
