using Sandbox.Scanner;
using Sandbox.Simulation.Model;
using Terminal.Acquirer;
using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Sandbox.Simulation.Peers;

/// <summary>The gateway at message level, with the driver's share of it: one answer to each call.</summary>
sealed class GatewayPeer(World world) : IAcquirer
{
    static readonly TimeSpan PayLimit = TimeSpan.FromSeconds(10);
    static readonly TimeSpan UnsentExpiry = TimeSpan.FromSeconds(600);

    readonly GatewayMind mind = new(world);

    public TimeSpan? Expiry => world.Wire is { } wire ? wire.Expiry : world.Mix.Expiry;

    public Stamp? SignedTime => world.Wire?.SignedTime;

    public void Charge(Durable requested, Effect.Charge charge)
    {
        world.Box.Point();
        var asking = world.Wire?.Charge(charge);
        var order = asking?.Order;
        var id = order?.Id ?? charge.Sale.Id.Value;
        var page = world.Books.ChargeLeaves(
            id, order?.Code ?? charge.Code.Text(), order?.Minor ?? charge.Sale.Amount.Minor);
        world.Trace?.Terminal(world.Now, $"{page} -> pay {charge.Sale.Amount}");
        if (page.Charges == 1)
        {
            world.ExpectAnswer(page);
        }
        var account = mind.Of(id, order is null
            ? world.Now + (charge.Sale.Expiry ?? UnsentExpiry).Ticks
            : world.Wire!.ExpiresAt(order));
        var call = new GatewayCall(world, page, PayLimit, a => new PaymentInput.PayAnswered(a)) { Asking = asking };
        Send(call, c => mind.Pay(account, c));
    }

    public void Query(Effect.Query query)
    {
        world.Box.Point();
        var asking = world.Wire?.Ask(AmsCall.Of(query, Currency.Eur));
        var page = world.Books.Page(asking?.Order.Id ?? query.Payment.Value);
        world.Trace?.Terminal(world.Now, $"{page} -> inquiry {query.Question}");
        var call = new GatewayCall(world, page, query.Limit, a => new PaymentInput.Inquired(query.Question, a))
        {
            Asking = asking,
            IsCheck = Books.InquiryLeaves(page),
        };
        Send(call, c => c.Answer(mind.Inquire(mind.Of(page.Id))));
    }

    public void Cancel(Durable requested, Effect.Cancel cancel)
    {
        world.Box.Point();
        var asking = world.Wire?.Ask(AmsCall.Of(cancel));
        var page = world.Books.Page(asking?.Order.Id ?? cancel.Payment.Value);
        world.Trace?.Terminal(world.Now, $"{page} -> cancel {cancel.Attempt}");
        world.Books.CancelLeaves(page.Id);
        var call = new GatewayCall(world, page, cancel.Limit, a => new PaymentInput.CancelAnswered(cancel.Attempt, a))
        {
            Asking = asking,
        };
        Send(call, c => c.Answer(mind.Cancel(mind.Of(page.Id))));
    }

    public void Refund(Durable started, Effect.Refund refund)
    {
        world.Box.Point();
        var asking = world.Wire?.Ask(AmsCall.Of(refund));
        var page = world.Books.Page(refund.Payment.Value);
        var id = asking?.Order.Id ?? refund.Id.Value;
        var minor = asking?.Order.Minor ?? refund.Amount.Minor;
        world.Trace?.Terminal(world.Now, $"{page} -> refund {id[..6]} {refund.Amount}");
        world.Books.RefundLeaves(page.Id, id);
        var call = new GatewayCall(
            world, page, Policy.Default.CancelLimit, a => new PaymentInput.RefundAnswered(refund.Id, a))
        {
            Asking = asking,
        };
        Send(call, c => c.Answer(mind.Refund(mind.Of(page.Id), id, minor)));
    }

    public void QueryRefund(Effect.QueryRefund query)
    {
        world.Box.Point();
        var asking = world.Wire?.Ask(AmsCall.Of(query));
        var page = world.Books.Page(query.Payment.Value);
        var id = asking?.Order.Id ?? query.Id.Value;
        world.Trace?.Terminal(world.Now, $"{page} -> refund inquiry {id[..6]}");
        var call = new GatewayCall(
            world, page, Policy.Default.InquiryLimit, a => new PaymentInput.RefundInquired(query.Id, a))
        {
            Asking = asking,
        };
        call.Send(() => call.Answer(GatewayMind.Answer(mind.Of(page.Id).Refunds.GetValueOrDefault(id))));
        world.Box.Point();
    }

    /// <summary>A person returns what is owed, in the gateway's portal.</summary>
    public void ReturnByHand(string id) => mind.ReturnByHand(id);

    /// <summary>On its way, if it leaves the box at all.</summary>
    void Send(GatewayCall call, Action<GatewayCall> arrive)
    {
        if (world.Hits(Fault.NotSent, call.Page.Order))
        {
            call.NeverSent();
        }
        else
        {
            call.Send(() => arrive(call));
        }
        world.Box.Point();
    }
}
