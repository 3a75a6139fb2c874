using Sandbox.Simulation.Model;

namespace Sandbox.Simulation.Peers;

enum AccountStatus
{
    /// <summary>The gateway does not know it (yet).</summary>
    Unknown,
    Processing,
    Paid,
    Failed,
    Cancelled,
}

enum RefundStatus
{
    Processing,
    Success,
    Failed,
}

/// <summary>One refund order at the gateway.</summary>
sealed class GatewayRefund(long minor)
{
    public long Minor => minor;
    public RefundStatus Status { get; set; }
}

/// <summary>One payment as the gateway holds it; every movement of money is told to the model.</summary>
sealed class GatewayAccount(World world, PaymentPage page)
{
    public PaymentPage Page => page;
    public AccountStatus Status { get; private set; }

    /// <summary>Cancelled before pay arrived: the pay is refused.</summary>
    public bool Closed { get; set; }

    public bool WindowClosed { get; set; }

    /// <summary>An inquiry that denied the capture once denies it for ever.</summary>
    public bool Denied { get; set; }

    /// <summary>The gateway accepts or confirms nothing after this.</summary>
    public long ExpiresAt { get; init; }

    public Dictionary<string, GatewayRefund> Refunds { get; } = [];

    public void Process()
    {
        Status = AccountStatus.Processing;
        world.Agenda.After(new(ExpiresAt - world.Now), Expire);
    }

    public void Capture()
    {
        if (Status is AccountStatus.Unknown or AccountStatus.Processing)
        {
            if (Closed || world.Now >= ExpiresAt)
            {
                Fail();
                return;
            }
            Status = AccountStatus.Paid;
            world.Trace?.Gateway(world.Now, $"{page} captured");
            world.Books.Captured(page.Id, page.Order.Minor);
        }
    }

    public void Fail()
    {
        Status = AccountStatus.Failed;
        world.Trace?.Gateway(world.Now, $"{page} failed");
    }

    public void Cancel()
    {
        if (Status == AccountStatus.Paid)
        {
            Return(page.Order.Minor);
        }
        if (Status is AccountStatus.Paid or AccountStatus.Processing)
        {
            Status = AccountStatus.Cancelled;
            world.Trace?.Gateway(world.Now, $"{page} cancelled");
        }
    }

    /// <summary>Careless on purpose: it pays out every refund order that is new to it. M12 is ours to keep.</summary>
    public void Settle(GatewayRefund refund, bool pays)
    {
        refund.Status = pays ? RefundStatus.Success : RefundStatus.Failed;
        if (pays)
        {
            Return(refund.Minor);
        }
    }

    public void Return(long minor)
    {
        world.Trace?.Gateway(world.Now, $"{page} {minor} returned");
        world.Books.Returned(page.Id, minor);
    }

    void Expire()
    {
        if (Status == AccountStatus.Processing)
        {
            Fail();
        }
    }
}
