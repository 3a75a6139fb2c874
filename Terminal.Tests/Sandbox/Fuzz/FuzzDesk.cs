using Terminal.Checkout;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Sandbox.Fuzz;

/// <summary>Keeps to <see cref="IEcr"/> and nothing more: one order at a time, and each comes to an end.</summary>
sealed class FuzzDesk(EcrSession session)
{
    /// <summary>How often an ECR that says "not yet" is told again.</summary>
    const int MostOffers = 15;

    static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    PaymentId id;
    bool isOrdered, isOffered, isApproved;
    int offers;

    public int Orders { get; private set; }

    public void Take(LoopInput input, Moment now)
    {
        switch (input)
        {
            case Arrival.Instructed or Arrival.RepeatAsked or Arrival.ReturnInstructed or
                Arrival.CloseInstructed or Arrival.TotalsAsked:
                (id, isOrdered, isOffered, offers) = (new($"P{Orders++}"), true, false, 0);
                break;
            case DeskInput.AbortAsked when isOrdered && !isOffered:
                Refuse(RefusalReason.Busy, now);
                break;
            case DeskInput.Answered { Answer: EcrAnswer.NotYet } when offers < MostOffers:
                Offer(now);
                break;
            case DeskInput.Answered { Answer: EcrAnswer.Acknowledged } e when isApproved && e.Payment == id:
                session.Complete(new(e.Payment), now);
                break;
            case DeskInput.Answered { Answer: not EcrAnswer.LineDown } e:
                session.Close(new(e.Payment, new Outcome.NotConfirmed()), now);
                break;
        }
    }

    /// <summary>Goes on with the order under way, if there is one.</summary>
    public void Call(byte choice, Moment now)
    {
        if (!isOrdered || isOffered)
        {
            return;
        }
        switch (choice % 4)
        {
            case 0: Refuse(RefusalReason.NoTransaction, now); break;
            case 1: session.Show(new(Stage.WaitingForCustomer, now + Soon), now); break;
            default:
                isApproved = choice % 4 == 2;
                Offer(now);
                break;
        }
    }

    public void Finish(Moment now) => Call(0, now);

    void Refuse(RefusalReason reason, Moment now)
    {
        isOrdered = false;
        session.Refuse(new(reason), now);
    }

    void Offer(Moment now)
    {
        (isOffered, offers) = (true, offers + 1);
        var sale = new Sale(id, 1, 1, new(1234, Currency.Eur), new string('0', 32), new(1767323045000), Expiry: null);
        Outcome outcome = isApproved ? new Outcome.Approved("1") : new Outcome.NotConfirmed();
        session.Offer(new(sale, outcome, now + TimeSpan.FromSeconds(2)), now);
    }
}
