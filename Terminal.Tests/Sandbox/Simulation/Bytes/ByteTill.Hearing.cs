using Terminal.Ecr;

namespace Sandbox.Simulation.Bytes;

/// <summary>What it makes of the terminal's messages.</summary>
sealed partial class ByteTill
{
    void Take(Apdu apdu)
    {
        numbers.Hear(apdu);
        if (link!.IsBusy && (sending.Asked is null || (apdu.IsAnswer && link.HasStarted)))
        {
            link.Abandon(); // Who goes on has heard: one block at a time, so nothing old is sent again.
        }
        switch (apdu.Command)
        {
            case Command.StatusInformation: TakeStatus(apdu); break;
            case Command.Completion: TakeEnd(TillClerk.Completed); break;
            case Command.Termination: TakeEnd(TillClerk.Terminated); break;
            case var _ when apdu.IsAnswer: TakeAnswer(apdu); break;
            default: Answer(Apdu.Accept, commands, numbers.Heard); break;
        }
    }

    void TakeAnswer(Apdu answer)
    {
        switch (asked.TryDequeue(out var what) ? what : (Asked?)null)
        {
            case Asked.Order or Asked.Repeat or Asked.Totals when !answer.IsPositive:
                Clerk.Refused(TillWords.Reason(answer.Command & 0xFF));
                break;
            case Asked.Probe when answer.IsPositive:
                // The terminal was free again: what is answered from here on belongs to this order.
                commands++;
                told = null;
                probing = true;
                break;
        }
    }

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
            World.Books.Line.Tells(told, asked: Clerk.IsOrdering(told.Order));
            Mind.Take(new Call(this, told) { IsUnconfirmed = result == ResultCode.SystemError }, result == 0);
        }
    }

    void TakeEnd(Action<OrderPage> hear)
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
            (registering, refusal) = (false, -1);
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
}
