using Sandbox.Simulation.Bytes;
using Sandbox.Simulation.Model;
using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Sandbox.Simulation.Peers;

/// <summary>What the gateway does with a payment and says about it, truthful or not.</summary>
sealed class GatewayMind(World world)
{
    /// <summary>A gateway knows its own payments by then: "does not exist" becomes a statement.</summary>
    const long ForgetsUntil = 60 * TimeSpan.TicksPerSecond;

    readonly Dictionary<string, GatewayAccount> accounts = [];

    /// <summary>A person returns what is owed, in the gateway's portal.</summary>
    public void ReturnByHand(string id)
    {
        var account = Of(id);
        var owed = account.Page.Kept - (account.Page.IsRestOpen ? account.Page.Minor : 0);
        if (owed > 0)
        {
            account.Return(owed);
        }
    }

    public GatewayAccount Of(string id, long expiresAt = 0)
    {
        if (!accounts.TryGetValue(id, out var account))
        {
            account = new(world, world.Books.Page(id)) { ExpiresAt = expiresAt };
            accounts.Add(id, account);
        }
        return account;
    }

    public void Pay(GatewayAccount account, GatewayCall call)
    {
        var order = account.Page.Order;
        if (account.Status != AccountStatus.Unknown)
        {
            call.Answer(Inquire(account));
        }
        else if (account.Closed || world.Now >= account.ExpiresAt || world.Hits(Fault.PayDeclined, order))
        {
            account.Fail();
            call.Answer(Inquire(account));
        }
        else if (world.Hits(Fault.PayLate, order))
        {
            world.Agenda.After(world.Dice.Seconds(0, 40), account.Capture);
            call.Answer(
                world.Dice.Chance(0.5) ? new GatewayAnswer.Processing() : new GatewayAnswer.Unknown("HTTP 502"));
        }
        else if (world.Hits(Fault.CustomerSlow, order))
        {
            Confirm(account, call, world.Dice.Seconds(0, 70), world.Dice.Chance(0.7));
        }
        else if (world.Dice.Chance(0.3))
        {
            Confirm(account, call, world.Dice.Seconds(1, 15), true); // A customer who types a password is no fault.
        }
        else
        {
            account.Capture();
            call.Answer(world.Hits(Fault.PayMisleads, order)
                ? new GatewayAnswer.Unknown(GatewayWire.Inconsistent)
                : (GatewayAnswer?)Misdeclined(account) ?? Succeeded(account));
        }
    }

    void Confirm(GatewayAccount account, GatewayCall call, TimeSpan after, bool agrees)
    {
        account.Process();
        call.Answer((GatewayAnswer?)Misdeclined(account) ?? new GatewayAnswer.Processing());
        var boot = world.Box.Boot;
        world.Agenda.After(after, () =>
        {
            if (account.Status != AccountStatus.Processing)
            {
                return;
            }
            if (agrees)
            {
                account.Capture();
            }
            else if (world.Dice.Chance(0.7))
            {
                account.Fail(); // Otherwise the customer never decides.
            }
            Notify(boot, account.Page);
        });
    }

    GatewayAnswer.Declined? Misdeclined(GatewayAccount account)
    {
        var happens = world.Hits(Fault.PayMisdeclined, account.Page.Order);
        account.Page.Misdeclined |= happens;
        return happens ? new GatewayAnswer.Declined(DeclineReason.InsufficientFunds, "ANOTHERS") : null;
    }

    /// <summary>Not always, sometimes twice, and perhaps long after: a notification proves nothing.</summary>
    void Notify(int boot, PaymentPage page)
    {
        var times = world.Hits(Fault.NotificationsRace) ? 3 : world.Dice.Below(2);
        for (var i = 0; i < times; i++)
        {
            world.Agenda.After(world.Dice.Seconds(0.01, i == 0 ? 2 : 60), () => Nudge(boot, page));
        }
    }

    void Nudge(int boot, PaymentPage page)
    {
        world.Trace?.Gateway(world.Now, $"{page} <- notification");
        world.Box.Feed(boot, new DeskInput.Happened(new(page.Id), new PaymentInput.Nudged()));
    }

    public GatewayAnswer Inquire(GatewayAccount account)
    {
        var page = account.Page;
        // One wrong word about a payment is enough: the inquiry that checks a decline is truthful.
        var isTruthful = page.Misdeclined;
        if (account.Status == AccountStatus.Paid && !isTruthful && world.Hits(Fault.InquiryLies, page.Order))
        {
            account.Denied = page.Lied = true;
        }
        if (world.Now < page.T0 + ForgetsUntil && !isTruthful && world.Hits(Fault.InquiryForgets, page.Order))
        {
            return new GatewayAnswer.NotFound();
        }
        return account.Status switch
        {
            _ when account.Denied => new GatewayAnswer.Cancelled(),
            AccountStatus.Processing => new GatewayAnswer.Processing(Named: true),
            AccountStatus.Paid => Succeeded(account),
            AccountStatus.Failed => new GatewayAnswer.Declined(DeclineReason.Refused, "FAIL"),
            AccountStatus.Cancelled => new GatewayAnswer.Cancelled(),
            _ => new GatewayAnswer.NotFound(),
        };
    }

    GatewayAnswer.Succeeded Succeeded(GatewayAccount account)
    {
        var page = account.Page;
        var truth = new GatewayAnswer.Succeeded(
            new(page.Id), $"G{page.Id}", new(page.Order.Minor, Currency.Eur));
        return page.Misdeclined || !world.Hits(Fault.Mismatch, page.Order) ? truth : world.Dice.Below(3) switch
        {
            0 => truth with { Echo = new("SOMEBODYELSES") },
            1 => truth with { Amount = truth.Amount with { Minor = page.Order.Minor + 1 } },
            _ => truth with { Amount = truth.Amount with { Currency = new("CNY", 156, 2) } },
        };
    }

    public GatewayAnswer Cancel(GatewayAccount account)
    {
        var order = account.Page.Order;
        if (account.Status == AccountStatus.Unknown)
        {
            account.Closed |= world.Mix.CancelOfUnknown == CancelOfUnknown.AcceptedAndClosed;
            return world.Mix.CancelOfUnknown == CancelOfUnknown.NotFound
                ? new GatewayAnswer.NotFound()
                : new GatewayAnswer.Accepted();
        }
        if (world.Hits(Fault.CancelLies, order))
        {
            return new GatewayAnswer.Accepted();
        }
        account.WindowClosed |= account.Status == AccountStatus.Paid && world.Hits(Fault.CancelWindowClosed, order);
        if (account.WindowClosed)
        {
            return new GatewayAnswer.WindowExceeded();
        }
        if (account.Refunds.Count > 0 || account.Status == AccountStatus.Failed ||
            world.Hits(Fault.CancelRefused, order))
        {
            return new GatewayAnswer.Refused("PROCESS_FAIL");
        }
        if (world.Hits(Fault.CancelUndecided, order))
        {
            if (world.Dice.Chance(0.5))
            {
                world.Agenda.After(world.Dice.Seconds(0, 20), account.Cancel);
            }
            return new GatewayAnswer.Processing();
        }
        account.Cancel();
        return new GatewayAnswer.Accepted();
    }

    public GatewayAnswer Refund(GatewayAccount account, string id, long minor)
    {
        if (!account.Refunds.TryGetValue(id, out var refund))
        {
            refund = new(minor);
            account.Refunds.Add(id, refund);
            var order = account.Page.Order;
            if (world.Hits(Fault.RefundUndecided, order))
            {
                world.Agenda.After(world.Dice.Seconds(0, 60), () => account.Settle(refund, world.Dice.Chance(0.7)));
            }
            else
            {
                account.Settle(refund, account.Page.Captured > 0 && !world.Hits(Fault.RefundRefused, order));
            }
        }
        return Answer(refund);
    }

    public static GatewayAnswer Answer(GatewayRefund? refund) => refund?.Status switch
    {
        RefundStatus.Processing => new GatewayAnswer.Processing(),
        RefundStatus.Success => new GatewayAnswer.Accepted(),
        RefundStatus.Failed => new GatewayAnswer.Refused("REFUND_FAIL"),
        _ => new GatewayAnswer.NotFound(),
    };
}
