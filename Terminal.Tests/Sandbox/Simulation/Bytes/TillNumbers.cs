using Sandbox.Simulation.Model;
using Terminal.Ecr.Messages;

namespace Sandbox.Simulation.Bytes;

/// <summary>The till's side of numbered messages (TLV 1F73), for as long as its registration lasts.</summary>
sealed class TillNumbers(World world)
{
    const int PerRegistration = 1_000_000;

    int registrations, last, agreedWith = -1;
    (OrderPage Page, int Number)? order;

    public bool IsActive { get; private set; }

    /// <summary>Of the newest message of the terminal.</summary>
    public int? Heard { get; private set; }

    /// <summary>06 00 leaves: whatever was agreed on is over.</summary>
    public void Restart() => (IsActive, last, order, agreedWith) = (false, 0, null, -1);

    /// <summary>06 0F of a registration.</summary>
    public void Agree(int boot)
    {
        if (Heard == 0)
        {
            (IsActive, agreedWith) = (true, boot);
            registrations++;
        }
    }

    /// <summary>The line broke. The next one may go on with what was agreed, unless the terminal restarted.</summary>
    public void Pause() => IsActive = false;

    public bool GoesOn(int boot) => IsActive = agreedWith == boot && world.Dice.Chance(0.8);

    public void Hear(Apdu apdu)
    {
        Heard = TillWords.MessageNumber(apdu);
        last = Math.Max(last, Heard ?? 0);
        // A print line has no room for one.
        if (IsActive && Heard is null && apdu.Command != Terminal.Ecr.Messages.Command.PrintLine)
        {
            world.Books.Break("numbers", $"{TillWords.Name(apdu)} has none");
        }
    }

    /// <summary>A sale that comes again comes under its number, unless another one came in between.</summary>
    public int? Of(OrderPage page)
    {
        if (!IsActive)
        {
            page.Number = 0;
            page.ShowAgain();
            return null;
        }
        if (order?.Page == page)
        {
            // What another number was paid with is all that tells that it is the same order.
            if (page.OwnScanner && page.Payments.TrueForAll(p => p.Number == page.Number))
            {
                world.Till.ShowAnother(page);
            }
            return order.Value.Number;
        }
        order = (page, ++last);
        page.Number = (registrations * PerRegistration) + last;
        page.ShowAgain();
        return last;
    }

    /// <param name="number">Null: the next one.</param>
    public Apdu Command(Apdu apdu, int? number) => IsActive ? With(apdu, number ?? ++last) : apdu;

    public Apdu Answer(Apdu apdu, int? number) => IsActive && number is { } n ? With(apdu, n) : apdu;

    static Apdu With(Apdu apdu, int number) =>
        apdu with { Tlvs = [.. apdu.Tlvs, new(Tag.MessageNumber, Bcd.Write(number, 3))] };
}
