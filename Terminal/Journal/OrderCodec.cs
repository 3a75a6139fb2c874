using System.Text.Json;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Journal;

/// <summary>Orders as the journal stores them; part of <see cref="FactCodec"/>.</summary>
static class OrderCodec
{
    public static void Write(Utf8JsonWriter json, Sale sale)
    {
        json.WriteNumber("receipt", sale.Receipt);
        json.WriteNumber("trace", sale.Trace);
        FactCodec.Write(json, sale.Amount);
        FactCodec.WriteId(json, "fingerprint", sale.Fingerprint);
        json.WriteNumber("at", sale.At.UnixMilliseconds);
        json.WriteString("expiry", sale.Expiry?.ToString("c"));
        FactCodec.WriteFlag(json, "mirrored", sale.IsMirrored);
        FactCodec.WriteFlag(json, "indivisible", sale.IsIndivisible);
        WriteGatewayTime(json, sale);
    }

    public static Sale ReadSale(PaymentId id, EntryFields body) => new(
        id, body.Int("receipt"), body.Int("trace"), FactCodec.ReadMoney(body),
        body.Text("fingerprint"), body.Stamp("at"), body.Span("expiry"))
    {
        IsMirrored = body.Flag("mirrored"),
        IsIndivisible = body.Flag("indivisible"),
        GatewayTime = ReadGatewayTime(body),
    };

    public static void Write(Utf8JsonWriter json, Return given)
    {
        FactCodec.WriteName(json, "kind", given is Reversal ? ReturnKind.Reversal : ReturnKind.Refund);
        WriteNumbers(json, given);
        FactCodec.Write(json, given.Amount);
        FactCodec.WriteId(json, "ofPayment", given.Of.Id.Value);
        FactCodec.WriteId(json, "gatewayId", given.Of.GatewayId);
        json.WriteNumber("ofReceipt", given.Of.Receipt);
        json.WriteNumber("ofTrace", given.Of.Trace);
    }

    public static Return ReadReturn(PaymentId id, EntryFields body)
    {
        var of = new ReturnedSale(
            new(body.Text("ofPayment")), body.Text("gatewayId"), body.Int("ofReceipt"), body.Int("ofTrace"));
        return Return.New(
            body.Name<ReturnKind>("kind"), ReadNumbers(id, body), FactCodec.ReadMoney(body), of);
    }

    /// <summary>The amount follows from the totals; it is written for other programs that read the entries.</summary>
    public static void Write(Utf8JsonWriter json, EndOfDay closing)
    {
        var totals = closing.Totals;
        WriteNumbers(json, closing);
        FactCodec.Write(json, closing.Worth);
        Write(json, "sales", totals.Sales);
        Write(json, "reversals", totals.Reversals);
        Write(json, "refunds", totals.Refunds);
        json.WriteNumber("firstReceipt", totals.Receipts.First);
        json.WriteNumber("lastReceipt", totals.Receipts.Last);
        json.WriteNumber("unresolved", totals.Unresolved);
        json.WriteNumber("entries", totals.Entries);
        json.WriteNumber("stored", totals.Stored);
        if (totals.Balance is { } balance)
        {
            json.WriteNumber("gatewayMinor", balance.Gateway);
            json.WriteNumber("headOfficeMinor", balance.HeadOffice);
            Write(json, "open", balance.Open);
            json.WriteNumber("beforeMinor", balance.Before);
        }
    }

    public static EndOfDay ReadClosing(PaymentId id, EntryFields body)
    {
        var totals = new PeriodTotals(
            ReadTally(body, "sales"), ReadTally(body, "reversals"), ReadTally(body, "refunds"),
            (body.Int("firstReceipt"), body.Int("lastReceipt")), body.Long("entries"), body.Long("stored"))
        {
            Unresolved = body.Int("unresolved"),
            Balance = body.Has("gatewayMinor") ? ReadBalance(body) : null,
        };
        FactCodec.ReadMoney(body);
        return EndOfDay.New(ReadNumbers(id, body), totals);
    }

    static Balance ReadBalance(EntryFields body) => new(
        body.Long("gatewayMinor"), body.Long("headOfficeMinor"), ReadTally(body, "open"), body.Long("beforeMinor"));

    static void WriteNumbers(Utf8JsonWriter json, Order order)
    {
        json.WriteNumber("receipt", order.Receipt);
        json.WriteNumber("trace", order.Trace);
        json.WriteNumber("at", order.At.UnixMilliseconds);
        WriteGatewayTime(json, order);
    }

    static OrderNumbers ReadNumbers(PaymentId id, EntryFields body) =>
        new(id, body.Int("receipt"), body.Int("trace"), body.Stamp("at")) { GatewayTime = ReadGatewayTime(body) };

    static void WriteGatewayTime(Utf8JsonWriter json, Order order)
    {
        if (order.GatewayTime is { } time)
        {
            json.WriteNumber("gatewayTime", time.UnixMilliseconds);
        }
    }

    static Stamp? ReadGatewayTime(EntryFields body) => body.Has("gatewayTime") ? body.Stamp("gatewayTime") : null;

    static void Write(Utf8JsonWriter json, string name, Tally tally)
    {
        json.WriteNumber($"{name}Count", tally.Count);
        json.WriteNumber($"{name}Minor", tally.Minor);
    }

    static Tally ReadTally(EntryFields body, string name) => new(body.Int($"{name}Count"), body.Long($"{name}Minor"));
}
