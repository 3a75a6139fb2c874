using Terminal.Ecr.Messages;
using Terminal.Ecr.Receipts;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Session;

/// <summary>Turns what we have to say to the ECR into messages.</summary>
sealed class Wording(EcrSettings settings)
{
    readonly StatusInformation status = new(settings);
    readonly Receipt receipt = new(settings);

    public Apdu Of(Purpose purpose, ReplyTerms terms) => purpose switch
    {
        Purpose.Offer { What: var e } =>
            status.Of(e.Order, InstructionText.Of(e.Order, e.Outcome, settings.HasHeadOffice), terms),
        Purpose.TooOften e => status.Of(e.Order, LastWord(e.Order, e.Outcome), terms),
        Purpose.End e => StatusInformation.Termination(LastWord(e.Order, e.Outcome), terms),
        Purpose.Refusal e => status.Of(ResultCode.Of(e.Why, settings), terms),
        Purpose.EndOfRefusal e => StatusInformation.Termination(ResultCode.Of(e.Why, settings), terms),
        Purpose.Totals e => status.Of(e.What, terms),
        _ => new(Command.Completion, []),
    };

    public IEnumerable<Apdu> Receipts(Order order, Outcome outcome, ReplyTerms terms) =>
        receipt.Messages(order, outcome, terms);

    /// <summary>If a command ends with an approval here, the ECR refused to hear it.</summary>
    Verdict LastWord(Order? order, Outcome outcome) =>
        outcome is Outcome.Approved ? InstructionText.Standing(order)
        : order is null ? ResultCode.Of(outcome)
        : InstructionText.Of(order, outcome, settings.HasHeadOffice);
}
