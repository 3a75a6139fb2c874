using Sandbox.Simulation.Model;
using Terminal.Payments.Answers;

namespace Sandbox.Simulation.Peers;

/// <summary>One message of the terminal, as the till holds it until it has answered or not.</summary>
abstract class HeardMessage(PaymentPage page)
{
    public PaymentPage Page => page;

    /// <summary>"Not confirmed": a return goes on, a payment is not paid.</summary>
    public bool IsUnconfirmed { get; init; }

    /// <summary>The till's yes is 84 9D, with so much; null: 80 00 00.</summary>
    public long? Issued { get; set; }

    /// <summary>The terminal still waits, as far as the till can know.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>The till has answered something newer since: nobody goes back.</summary>
    public virtual bool IsOvertaken => false;

    public abstract void Answer(EcrAnswer answer);

    public abstract void StaySilent();

    /// <summary>An acknowledgement after the terminal gave up waiting.</summary>
    public abstract void AnswerLate();
}
