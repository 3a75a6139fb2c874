using Terminal.Ecr.Messages;
using Terminal.Ecr.Receipts;
using Terminal.Panel.Words;

namespace Terminal.Ecr.Commands;

/// <summary>The commands by which an ECR looks after a terminal: 06 70, 06 79, 06 93 and 06 18.</summary>
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
    /// Prints what this terminal is. No 04 01 goes with it: our clock is not the gateway's, and a register must not be
    /// set by a box that has no battery clock.
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

    /// <summary>There are no keys to be had from a host and so nothing to do, for every request is signed.</summary>
    public static EcrCommand Initialise(EcrRequest request) =>
        request.AfterPassword().Refused as EcrCommand ?? new EcrCommand.Serve(Done);

    /// <summary>All that an ECR can see of a restart: the line opens anew, at its first speed, unregistered.</summary>
    public static EcrCommand Reset(EcrRequest request) =>
        new EcrCommand.Serve(Done) { Registration = Registration.None, Reopen = request.Settings.Baud };

    static Apdu Done => new(Command.Completion, []);

    /// <summary>An administration receipt, if the ECR prints those.</summary>
    static IEnumerable<Apdu> Administration(EcrRequest request, IReadOnlyList<PrintLine> lines)
    {
        var terms = ReplyTerms.Of(request.Agreement);
        return terms.Receipts.Administration == PrintCommand.None
            ? []
            : PrintMessages.Of(lines, ReceiptKind.Administration, terms);
    }
}
