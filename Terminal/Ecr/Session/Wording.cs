using Terminal.Ecr.Messages;
using Terminal.Ecr.Receipts;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Session;

/// <summary>What we have to say to the ECR, as messages.</summary>
sealed class Wording(EcrSettings settings)
{
    readonly StatusInformation status = new(settings);
    readonly Receipt receipt = new(settings);

    public Apdu Of(Purpose purpose, ReplyTerms terms) => purpose switch
    {
        Purpose.Offer { What: var e } =>
            status.Of(e.Sale, InstructionText.Of(e.Sale, e.Outcome, settings.HasHeadOffice), terms),
        Purpose.TooOften e => status.Of(e.Sale, LastWord(e.Sale, e.Outcome), terms),
        Purpose.End e => StatusInformation.Termination(LastWord(e.Sale, e.Outcome), terms),
        Purpose.Refusal e => status.Of(ResultCode.Of(e.Why, settings), terms),
        Purpose.EndOfRefusal e => StatusInformation.Termination(ResultCode.Of(e.Why, settings), terms),
        Purpose.Totals e => status.Of(e.What, terms),
        _ => new(Command.Completion, []),
    };

    public IEnumerable<Apdu> Receipts(Sale sale, Outcome outcome, ReplyTerms terms) =>
        receipt.Messages(sale, outcome, terms);

    /// <summary>At the end of a command an approval is one that the ECR refused to hear.</summary>
    Verdict LastWord(Sale? sale, Outcome outcome) =>
        outcome is Outcome.Approved ? InstructionText.Standing(sale)
        : sale is null ? ResultCode.Of(outcome)
        : InstructionText.Of(sale, outcome, settings.HasHeadOffice);
}
