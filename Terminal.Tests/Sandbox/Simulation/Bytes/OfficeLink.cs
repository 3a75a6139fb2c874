using Terminal.Backend;

namespace Sandbox.Simulation.Bytes;

/// <summary>One connection to the head office's broker.</summary>
sealed class OfficeLink(World world, HeadOffice office, Action<BackendEvent> tell) : IBackend
{
    bool isOver;

    public void Open(Will? will) => Later(() =>
    {
        if (office.IsDown || world.Hits(Fault.OfficeRefuses))
        {
            End(world.Dice.Pick(0, 0x88, 0x97));
        }
        else
        {
            Hear(new BackendEvent.Opened(world.Dice.Pick(1, 5, 20), world.Dice.Pick(20_000, 1_000_000)));
        }
    });

    public void Subscribe(string filter) => Later(() => Hear(new BackendEvent.Subscribed(0)));

    public void Publish(int token, Publication message)
    {
        if (world.Hits(Fault.OfficeLineLost))
        {
            Later(() => End(0));
        }
        else if (!world.Hits(Fault.OfficeMessageLost))
        {
            Later(() => Pass(token, message), world.Hits(Fault.OfficeMessageLate) ? 20 : 0.3);
        }
    }

    /// <summary>From the head office, on a way of its own: late ones overtake.</summary>
    public void Deliver(BackendEvent happened) =>
        Later(() => Hear(happened), world.Hits(Fault.OfficeMessageLate) ? 20 : 0.3);

    public void Hear(BackendEvent happened)
    {
        if (!isOver)
        {
            tell(happened);
            world.Box.Stir();
        }
    }

    public void Break() => Later(() => End(0));

    public void Dispose() => isOver = true;

    void Pass(int token, Publication message)
    {
        if (isOver || office.IsDown)
        {
            return; // No answer; the terminal finds out.
        }
        if (world.Hits(Fault.OfficeRefuses))
        {
            Hear(new BackendEvent.Published(token, world.Dice.Pick(0x10, 0x80, 0x97)));
            return;
        }
        // Taken by the broker is not stored: a crash between the two loses it.
        Hear(new BackendEvent.Published(token, 0));
        office.Take(message);
        if (world.Hits(Fault.OfficeMessageTwice))
        {
            world.Agenda.After(world.Dice.Seconds(0, 5), () => office.Take(message));
        }
    }

    void End(int code)
    {
        Hear(new BackendEvent.Ended(code, "simulated"));
        isOver = true;
    }

    void Later(Action action, double most = 0.3) => world.Agenda.After(world.Dice.Seconds(0.001, most), () =>
    {
        if (!isOver)
        {
            action();
        }
    });
}
