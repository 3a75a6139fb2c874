using Sandbox.Scanner;
using Terminal.Panel.Cues;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Panel;

/// <summary>A real desk with a customer in front of it; each step says what it makes people see.</summary>
sealed class Counter
{
    public static readonly Money Price = new(1250, Currency.Eur);

    readonly Desk desk = new(Policy.Default);
    int receipts;

    public DeskState State { get; private set; } = DeskState.Empty;

    public Moment Now { get; private set; } = new(0);

    public Order Newest => State.Find(State.Newest!.Value)!.Order;

    public Cue? Step(DeskInput input) => Take(input).Cue;

    public (DeskState Before, Transition<DeskState> Step, Cue? Cue) Take(DeskInput input)
    {
        var before = State;
        var step = desk.Next(before, input, Now);
        State = step.State;
        return (before, step, CueChoice.After(before, step));
    }

    public Cue? Order(bool withCode = true)
    {
        receipts++;
        var sale = new Sale(new($"payment-{receipts}"), receipts, receipts, Price, "", new(0), null);
        return Step(new DeskInput.Ordered(new(sale, withCode ? Code() : null, null)));
    }

    public Cue? Scan() => Step(new DeskInput.Scanned(Code()));

    public Cue? Gateway(GatewayAnswer answer) => Pay(new PaymentInput.PayAnswered(answer));

    public Cue? Pay(PaymentInput input) => Step(new DeskInput.Happened(Newest.Id, input));

    public Cue? Succeed() => Gateway(new GatewayAnswer.Succeeded(Newest.Id, "gateway-1", Price));

    public Cue? Till(EcrAnswer answer) => Step(new DeskInput.Answered(Newest.Id, answer));

    public Cue? Closed() => Step(new DeskInput.Closed(Newest.Id, Acknowledged: true));

    /// <summary>Lets the time pass, waking the desk whenever it asked for it; the newest cue on the way.</summary>
    public Cue? Wait(double seconds)
    {
        Cue? newest = null;
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (State.WakeAt <= end)
        {
            Now = Moment.Latest(Now, State.WakeAt);
            newest = Step(new DeskInput.TimePassed()) ?? newest;
        }
        Now = end;
        return newest;
    }

    PaymentCode Code() => Codes.Of($"28763443825664394{receipts}", $"fingerprint-{receipts}", Now);
}
