using System.Text.Json;
using Terminal.Device;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Journal;

/// <summary>A fact as the journal stores it: a kind and a small JSON object. Equal facts give equal bytes.</summary>
/// <remarks>
/// Kinds and field names are a file format: add, never rename. The payment's id is in the entry, not in its body. Text
/// that only people read is cut at <see cref="MaxText"/> characters, so that no long answer of a gateway can keep an
/// entry from being written. A gateway's payment id is never cut and must fit.
/// </remarks>
static class FactCodec
{
    public const int MaxText = 200;

    /// <summary>The most decimals of a currency in ISO 4217.</summary>
    const int MaxDecimals = 4;

    /// <summary>Kind of the entry that ends a business period.</summary>
    public const string Closing = "period-closed";

    /// <exception cref="ArgumentException">
    /// An id is longer than <see cref="MaxText"/>; the driver must refuse it.
    /// </exception>
    public static (string Kind, byte[] Body) Encode(Fact fact)
    {
        var kind = "";
        var body = Json.Object(json => kind = Write(json, fact));
        return (kind, body);
    }

    static string Write(Utf8JsonWriter json, Fact fact)
    {
        switch (fact)
        {
            case Fact.Ordered f: OrderCodec.Write(json, f.Sale); return "ordered";
            case Fact.Requested f: OrderCodec.Write(json, f.Sale); return "requested";
            case Fact.AbortAsked: return "abort-asked";
            case Fact.Paid f: WriteId(json, "gatewayId", f.GatewayId); return "paid";
            case Fact.Failed f: Write(json, f.Why); WriteFlag(json, "toCheck", f.ToCheck); return "failed";
            case Fact.DeclineChecked: return "decline-checked";
            case Fact.Cancelling f: WriteName(json, "cause", f.Cause); return "cancelling";
            case Fact.CancelAnswered f: WriteText(json, "answer", f.Answer); return "cancel-answered";
            case Fact.CancelAcknowledged: return "cancel-acknowledged";
            case Fact.Cancelled f: Write(json, f.Why); return "cancelled";
            case Fact.RefundDue f: WriteName(json, "cause", f.Cause); return "refund-due";
            case Fact.RefundStarted f: Write(json, f.Id, f.Plan); return "refund-started";
            case Fact.RefundSettled f: Write(json, f.Id, f.Plan); return "refund-settled";
            case Fact.RefundRefused f:
                Write(json, f.Id, f.Plan);
                WriteText(json, "refusal", f.Why.Code);
                return "refund-refused";
            case Fact.ReturnRequested f: OrderCodec.Write(json, f.Return); return "return-requested";
            case Fact.Returned: return "returned";
            case Fact.NotReturned f: Write(json, f.Why); return "not-returned";
            case Fact.PeriodClosed f: OrderCodec.Write(json, f.Closing); return Closing;
            case Fact.NeedsAttention f:
                Write(json, f.Why);
                WriteText(json, "problem", f.Problem);
                return "needs-attention";
            case Fact.Resolved f: WriteText(json, "by", f.By); WriteText(json, "note", f.Note); return "resolved";
            case Fact.Offered f: Write(json, f.Outcome); return "offered";
            case Fact.Acknowledged f: WriteAmount(json, "delivered", f.Delivered); return "acknowledged";
            case Fact.Completed: return "completed";
            case Fact.AcknowledgedLate: return "acknowledged-late";
            case Fact.Withdrawn: return "withdrawn";
            default: throw new ArgumentException($"no kind for {fact.GetType().Name}", nameof(fact));
        }
    }

    /// <summary>
    /// Replays an order's entries, in order, into its account; null if they do not begin with its request.
    /// </summary>
    public static OrderAccount? Replay(IReadOnlyList<Entry> entries)
    {
        OrderAccount? account = null;
        foreach (var entry in entries)
        {
            account = OrderAccount.After(account, Decode(entry), entry.Sequence);
        }
        return account;
    }

    /// <summary>The fact that a payment's entry holds.</summary>
    /// <exception cref="JournalFailedException">
    /// The kind is unknown, or this program never wrote such a body.
    /// </exception>
    public static Fact Decode(Entry entry)
    {
        try
        {
            using var body = EntryFields.Parse(entry.Body);
            var fact = Read(entry, body);
            body.End();
            return fact;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new JournalFailedException($"entry {entry.Sequence} ({entry.Kind}) is damaged: {e.Message}", e);
        }
    }

    static Fact Read(Entry entry, EntryFields body) => entry.Kind switch
    {
        "ordered" => new Fact.Ordered(OrderCodec.ReadSale(new(entry.PaymentId), body)),
        "requested" => new Fact.Requested(OrderCodec.ReadSale(new(entry.PaymentId), body)),
        "abort-asked" => new Fact.AbortAsked(),
        "paid" => new Fact.Paid(body.Text("gatewayId")),
        "failed" => new Fact.Failed(ReadWhy(body), body.Flag("toCheck")),
        "decline-checked" => new Fact.DeclineChecked(),
        "cancelling" => new Fact.Cancelling(body.Name<CancelCause>("cause")),
        "cancel-answered" => new Fact.CancelAnswered(body.Text("answer")),
        "cancel-acknowledged" => new Fact.CancelAcknowledged(),
        "cancelled" => new Fact.Cancelled(ReadWhy(body)),
        "refund-due" => new Fact.RefundDue(body.Name<CancelCause>("cause")),
        "refund-started" => new Fact.RefundStarted(new(body.Text("refundId")), ReadPlan(body)),
        "refund-settled" => new Fact.RefundSettled(new(body.Text("refundId")), ReadPlan(body)),
        "refund-refused" => new Fact.RefundRefused(new(body.Text("refundId")), ReadPlan(body),
            new(NotPaidReason.Refused, body.Text("refusal"))),
        "return-requested" => new Fact.ReturnRequested(OrderCodec.ReadReturn(new(entry.PaymentId), body)),
        "returned" => new Fact.Returned(),
        "not-returned" => new Fact.NotReturned(ReadWhy(body)),
        Closing => new Fact.PeriodClosed(OrderCodec.ReadClosing(new(entry.PaymentId), body)),
        "needs-attention" => new Fact.NeedsAttention(ReadWhy(body), body.Text("problem")),
        "resolved" => new Fact.Resolved(body.Text("by"), body.Text("note")),
        "offered" => new Fact.Offered(ReadOutcome(body)),
        "acknowledged" => new Fact.Acknowledged(ReadAmount(body, "delivered")),
        "completed" => new Fact.Completed(),
        "acknowledged-late" => new Fact.AcknowledgedLate(),
        "withdrawn" => new Fact.Withdrawn(),
        _ => throw new FormatException("unknown kind; was it written by a newer version?"),
    };

    internal static void Write(Utf8JsonWriter json, Money amount)
    {
        json.WriteNumber("minor", amount.Minor);
        WriteId(json, "currency", amount.Currency.Code);
        json.WriteNumber("currencyNumber", amount.Currency.Number);
        json.WriteNumber("decimals", amount.Currency.Decimals);
    }

    internal static Money ReadMoney(EntryFields body) => new(
        body.Long("minor"),
        new(body.Text("currency"), body.Int("currencyNumber"), (int)body.Long("decimals", 0, MaxDecimals)));

    static void Write(Utf8JsonWriter json, NotPaid why)
    {
        WriteName(json, "reason", why.Reason);
        WriteText(json, "code", why.Code);
    }

    static NotPaid ReadWhy(EntryFields body) => new(body.Name<NotPaidReason>("reason"), body.Text("code"));

    static void Write(Utf8JsonWriter json, RefundId id, RefundPlan plan)
    {
        WriteId(json, "refundId", id.Value);
        WriteId(json, "gatewayId", plan.GatewayId);
        json.WriteNumber("minor", plan.Minor);
        json.WriteNumber("returned", plan.Returned);
        Write(json, plan.Why);
        json.WriteNumber("attempts", plan.Attempts);
        json.WriteNumber("ids", plan.Ids);
    }

    static RefundPlan ReadPlan(EntryFields body) => new(
        body.Text("gatewayId"), body.Long("minor"), body.Long("returned"), ReadWhy(body),
        body.Int("attempts"), body.Int("ids"));

    static void Write(Utf8JsonWriter json, Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.Approved o:
                json.WriteString("outcome", "approved");
                WriteId(json, "gatewayId", o.GatewayId);
                break;
            case Outcome.Rejected o:
                json.WriteString("outcome", "rejected");
                Write(json, o.Why);
                break;
            default:
                json.WriteString("outcome", "not-confirmed");
                break;
        }
    }

    static Outcome ReadOutcome(EntryFields body) => body.Text("outcome") switch
    {
        "approved" => new Outcome.Approved(body.Text("gatewayId")),
        "rejected" => new Outcome.Rejected(ReadWhy(body)),
        "not-confirmed" => new Outcome.NotConfirmed(),
        _ => throw new FormatException("unknown outcome"),
    };

    internal static void WriteName<T>(Utf8JsonWriter json, string field, T value) where T : struct, Enum =>
        json.WriteString(field, Enum.GetName(value));

    /// <summary>Writes the field only if the value is true.</summary>
    internal static void WriteFlag(Utf8JsonWriter json, string field, bool value)
    {
        if (value)
        {
            json.WriteBoolean(field, true);
        }
    }

    /// <summary>Writes the field only if there is an amount.</summary>
    static void WriteAmount(Utf8JsonWriter json, string field, long? minor)
    {
        if (minor is { } amount)
        {
            json.WriteNumber(field, amount);
        }
    }

    static long? ReadAmount(EntryFields body, string field) =>
        body.Has(field) ? body.Long(field, 1, long.MaxValue) : null;

    static void WriteText(Utf8JsonWriter json, string field, string text) =>
        json.WriteString(field, text.AsSpan(0, Math.Min(text.Length, MaxText)));

    internal static void WriteId(Utf8JsonWriter json, string field, string id)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id.Length, MaxText, field);
        json.WriteString(field, id);
    }
}
