using Sandbox.Simulation.Model;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Sandbox.Simulation.Peers;

/// <summary>One message to the till, answered once: by the till, by silence, or by a broken line.</summary>
/// <param name="reply">The input that brings the answer; true or false is what a closing message gets.</param>
sealed class TillCall(World world, PaymentPage page, Func<EcrAnswer, LoopInput> reply) : HeardMessage(page)
{
    /// <summary>Three sends, five seconds each.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly int boot = world.Box.Boot;
    readonly long sentAt = world.Now;
    bool taken;
    bool isOpen = true;

    /// <summary>Nothing was answered yet: the terminal still waits.</summary>
    public override bool IsOpen => isOpen;

    public override void Answer(EcrAnswer answer) => Answer(answer, world.Dice.Seconds(0.005, 0.3));

    /// <summary>No answer after all sends.</summary>
    public override void StaySilent() => Answer(EcrAnswer.Silent, new(sentAt + Patience.Ticks - world.Now));

    /// <summary>The line broke: whatever answer was on its way is gone.</summary>
    public void Break(EcrAnswer how = EcrAnswer.LineDown)
    {
        taken = false;
        Answer(how, TimeSpan.Zero);
    }

    /// <summary>An acknowledgement after the terminal gave up waiting.</summary>
    public override void AnswerLate() => world.Box.Feed(boot, Reply(EcrAnswer.Acknowledged));

    LoopInput Reply(EcrAnswer answer) =>
        answer == EcrAnswer.Acknowledged && Issued is { } minor && reply(EcrAnswer.InPart) is DeskInput.Answered part
            ? part with { Delivered = minor }
            : reply(answer);

    void Answer(EcrAnswer answer, TimeSpan delay)
    {
        if (taken || !IsOpen)
        {
            return;
        }
        taken = true;
        world.Agenda.After(delay, () =>
        {
            if (IsOpen && (answer == EcrAnswer.LineDown || world.Till.IsUp))
            {
                isOpen = false;
                world.Trace?.Till(world.Now, $"{Page} {Reply(answer)}");
                world.Box.Feed(boot, Reply(answer));
            }
        });
    }
}
