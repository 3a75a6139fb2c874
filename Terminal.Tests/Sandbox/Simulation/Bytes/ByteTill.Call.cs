using Sandbox.Simulation.Model;
using Sandbox.Simulation.Peers;
using Terminal.Ecr.Messages;
using Terminal.Payments.Answers;

namespace Sandbox.Simulation.Bytes;

/// <summary>What it answers to 04 0F, 06 0F and 06 1E.</summary>
sealed partial class ByteTill
{
    void TakeStatus(Apdu status)
    {
        var (result, minor, trace) = TillWords.Read(status);
        if (trace is null)
        {
            if (result == 0)
            {
                World.Books.Period.Reads(minor, TillWords.Count(status));
            }
            refusal = result;
            var (mine, number) = (commands, numbers.Heard);
            Later(() => Answer(Apdu.Accept, mine, number));
            return;
        }
        openUntil = World.Now + Patience.Ticks;
        told = World.Books.Line.Told(trace.Value, minor, result == 0);
        World.Books.Mirror.Reads(told, TillWords.Receipt(status));
        if (told is not null)
        {
            // Before the answer to the order it belongs to the command before.
            World.Books.Line.Tells(told, asked: asked.Count == 0 && Clerk.IsOrdering(told.Order));
            Mind.Take(new Call(this, told) { IsUnconfirmed = result == ResultCode.SystemError }, result == 0);
        }
    }

    void TakeEnd(Action<PaymentPage> hear)
    {
        openUntil = World.Now + Patience.Ticks;
        if (told is not null)
        {
            Mind.TakeEnd(new Call(this, told), hear);
        }
        else if (registering || refusal >= 0)
        {
            var (mine, code, number) = (commands, refusal, numbers.Heard);
            if (registering)
            {
                numbers.Agree(World.Box.Boot);
            }
            if (startedAgain is { } said && registering)
            {
                World.Books.TillStartsAgain(said);
            }
            (registering, startedAgain, refusal) = (false, null, -1);
            Later(() =>
            {
                Answer(Apdu.Accept, mine, number);
                if (mine == commands && code == 0)
                {
                    Clerk.Reported();
                }
                else if (mine == commands && code > 0 && probing)
                {
                    Clerk.Aside(() => Clerk.Refused(TillWords.Reason(code)));
                }
                else if (mine == commands && code > 0)
                {
                    Clerk.Refused(TillWords.Reason(code));
                }
            });
        }
        // Anything else ends a command that was given up: to answer it now would be taken for something newer.
    }

    sealed class Call(ByteTill till, PaymentPage page) : HeardMessage(page)
    {
        readonly int command = till.commands, answers = till.answers;
        readonly int? number = till.numbers.Heard;

        public override bool IsOvertaken => till.answers > answers;

        /// <summary>The till cannot know.</summary>
        public override bool IsOpen => true;

        public override void Answer(EcrAnswer answer) => till.Answer(answer switch
        {
            EcrAnswer.Acknowledged => Yes,
            EcrAnswer.NotYet => TillWords.NotYet,
            _ => TillWords.Refuse,
        }, command, number);

        public override void StaySilent()
        {
        }

        public override void AnswerLate() => till.Answer(Yes, command, number);

        Apdu Yes => Issued is { } minor ? TillWords.Part(minor) : Apdu.Accept;
    }
}
