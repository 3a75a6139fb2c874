namespace Sandbox.Acquirer;

/// <summary>
/// The simulated gateway's money: who was charged, what was cancelled and returned. It has no wire and no clock, so
/// that simulations drive it directly. Safe for several threads.
/// </summary>
public sealed class GatewayBook
{
    const int MostPayments = 1_000_000;

    static readonly BookReply Unseen = new("F", "ORDER_NOT_EXIST");

    readonly Lock gate = new();
    readonly Dictionary<string, BookedPayment> payments = [];
    readonly Dictionary<string, BookedPayment> byGatewayId = [];
    readonly Dictionary<string, (RefundOrder Order, bool Failed)> refunds = [];
    readonly Dictionary<string, int> payRequests = [];

    /// <summary>How often pay was called for this id, also when the request was then lost.</summary>
    public int PayRequests(string id)
    {
        lock (gate)
        {
            return payRequests.GetValueOrDefault(id);
        }
    }

    public BookedPayment? Find(string id)
    {
        lock (gate)
        {
            return payments.GetValueOrDefault(id);
        }
    }

    /// <summary>All payments that reached the gateway, for checking who holds whose money.</summary>
    public IReadOnlyList<BookedPayment> Payments()
    {
        lock (gate)
        {
            return [.. payments.Values];
        }
    }

    public BookReply Pay(PayOrder order, DateTimeOffset now)
    {
        lock (gate)
        {
            if (payments.Count >= MostPayments)
            {
                return new("U", "UNKNOWN_EXCEPTION");
            }
            payRequests[order.Id] = payRequests.GetValueOrDefault(order.Id) + 1;
            var behaviour = GatewayScript.For(order.Minor, order.Code);
            if (behaviour.Fault == WireFault.DropRequest)
            {
                return new("U", "UNKNOWN_EXCEPTION");
            }
            if (!payments.TryGetValue(order.Id, out var payment))
            {
                payment = new(order, behaviour, $"G{payments.Count + 1:D12}", now);
                payments.Add(order.Id, payment);
                byGatewayId.Add(payment.GatewayId, payment);
            }
            var repeat = payment.Order;
            return repeat.Minor != order.Minor || repeat.Currency != order.Currency || repeat.Code != order.Code
                ? new("F", "REPEAT_REQ_INCONSISTENT")
                : PayReply(payment, now);
        }
    }

    public BookReply Inquire(string id, DateTimeOffset now)
    {
        lock (gate)
        {
            return Existing(id, now) is { } payment
                ? new("S", "SUCCESS", payment) { Found = payment.StatusAt(now) }
                : Unseen;
        }
    }

    public BookReply Cancel(string id, DateTimeOffset now)
    {
        lock (gate)
        {
            if (Existing(id, now) is not { } payment)
            {
                return Unseen;
            }
            var behaviour = payment.Behaviour;
            if (payment.UnclearCancels > 0)
            {
                payment.UnclearCancels--;
                return new("U", "UNKNOWN_EXCEPTION", payment);
            }
            if (behaviour.RefusesCancel.Length > 0)
            {
                return new("F", behaviour.RefusesCancel, payment);
            }
            if (payment.Refunded > 0)
            {
                return new("F", "PROCESS_FAIL", payment);
            }
            // A failed payment stays failed, whatever the cancel says.
            payment.Cancelled |= !behaviour.LyingCancel && payment.StatusAt(now) != "FAIL";
            return new("S", "SUCCESS", payment);
        }
    }

    public BookReply Refund(RefundOrder order, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!byGatewayId.TryGetValue(order.GatewayId, out var payment) || !payment.ExistsAt(now))
            {
                return Unseen;
            }
            if (payment.UnclearRefunds > 0)
            {
                payment.UnclearRefunds--;
                return new("U", "UNKNOWN_EXCEPTION", payment);
            }
            return refunds.TryGetValue(order.RefundId, out var earlier)
                ? Repeated(payment, order, earlier)
                : NewRefund(payment, order, now);
        }
    }

    public BookReply InquireRefund(string refundId)
    {
        lock (gate)
        {
            return refunds.TryGetValue(refundId, out var refund)
                ? new("S", "SUCCESS") { Refund = refund.Order, Found = refund.Failed ? "FAIL" : "SUCCESS" }
                : new("F", "REFUND_NOT_EXIST");
        }
    }

    static BookReply Repeated(BookedPayment payment, RefundOrder order, (RefundOrder Order, bool Failed) earlier) =>
        earlier.Order != order ? new("F", "REPEAT_REQ_INCONSISTENT", payment)
        : earlier.Failed ? new("F", "PROCESS_FAIL", payment)
        : new("S", "SUCCESS", payment) { Refund = order };

    BookReply NewRefund(BookedPayment payment, RefundOrder order, DateTimeOffset now)
    {
        if (payment.Cancelled || !payment.ChargedAt(now))
        {
            return new("F", "ORDER_STATUS_INVALID", payment);
        }
        if (order.Currency != payment.Order.Currency || order.Minor <= 0 || order.Minor > payment.CapturedAt(now))
        {
            return new("F", "REFUND_AMOUNT_EXCEED", payment);
        }
        var fails = payment.FailingRefunds > 0;
        refunds.Add(order.RefundId, (order, fails));
        if (fails)
        {
            payment.FailingRefunds--;
            return new("F", "PROCESS_FAIL", payment);
        }
        payment.Refunded += order.Minor;
        return new("S", "SUCCESS", payment) { Refund = order };
    }

    static BookReply PayReply(BookedPayment payment, DateTimeOffset now)
    {
        var behaviour = payment.Behaviour;
        if (behaviour.Declines.Length > 0)
        {
            return new("F", behaviour.Declines, payment);
        }
        if (behaviour.Misleads.Length > 0)
        {
            return new("F", behaviour.Misleads, payment);
        }
        return payment.StatusAt(now).ToUpperInvariant() switch
        {
            "SUCCESS" => new("S", "SUCCESS", payment),
            "PROCESSING" => new("U", "PAYMENT_IN_PROCESS", payment),
            _ => new("F", "ORDER_IS_CLOSED", payment),
        };
    }

    BookedPayment? Existing(string id, DateTimeOffset now) =>
        payments.TryGetValue(id, out var payment) && payment.ExistsAt(now) && !payment.Behaviour.Forgets
            ? payment
            : null;
}
