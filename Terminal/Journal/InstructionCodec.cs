using System.Text.Json;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Journal;

/// <summary>Returns and end-of-days as they lie in the journal; part of <see cref="FactCodec"/>.</summary>
static class InstructionCodec
{
    public static void WriteReturn(Utf8JsonWriter json, Sale sale)
    {
        var order = (Instruction.Return)sale.Instruction;
        FactCodec.WriteName(json, "kind", order.Kind);
        WriteNumbers(json, sale);
        FactCodec.Write(json, sale.Amount);
        FactCodec.WriteId(json, "ofPayment", order.Payment.Value);
        FactCodec.WriteId(json, "gatewayId", order.GatewayId);
        json.WriteNumber("ofReceipt", order.Receipt);
        json.WriteNumber("ofTrace", order.Trace);
    }

    public static Sale ReadReturn(PaymentId id, EntryFields body)
    {
        var kind = body.Name<ReturnKind>("kind");
        var payment = new PaymentId(body.Text("ofPayment"));
        var order = new Instruction.Return(
            kind, payment, body.Text("gatewayId"), body.Int("ofReceipt"), body.Int("ofTrace"));
        return Read(id, body, (FactCodec.ReadMoney(body), payment.Value)) with { Instruction = order };
    }

    public static void WriteClosing(Utf8JsonWriter json, Sale sale)
    {
        var totals = ((Instruction.EndOfDay)sale.Instruction).Totals;
        WriteNumbers(json, sale);
        FactCodec.Write(json, sale.Amount);
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

    public static Sale ReadClosing(PaymentId id, EntryFields body)
    {
        var totals = new PeriodTotals(
            ReadTally(body, "sales"), ReadTally(body, "reversals"), ReadTally(body, "refunds"),
            (body.Int("firstReceipt"), body.Int("lastReceipt")), body.Long("entries"), body.Long("stored"))
        {
            Unresolved = body.Int("unresolved"),
            Balance = body.Has("gatewayMinor") ? ReadBalance(body) : null,
        };
        return Read(id, body, (FactCodec.ReadMoney(body), Instruction.EndOfDay.Mark)) with
        {
            Instruction = new Instruction.EndOfDay(totals),
        };
    }

    static Balance ReadBalance(EntryFields body) => new(
        body.Long("gatewayMinor"), body.Long("headOfficeMinor"), ReadTally(body, "open"), body.Long("beforeMinor"));

    static void WriteNumbers(Utf8JsonWriter json, Sale sale)
    {
        json.WriteNumber("receipt", sale.Receipt);
        json.WriteNumber("trace", sale.Trace);
        json.WriteNumber("at", sale.At.UnixMilliseconds);
        FactCodec.WriteGatewayTime(json, sale);
    }

    static Sale Read(PaymentId id, EntryFields body, (Money Amount, string Fingerprint) rest) => new(
        id, body.Int("receipt"), body.Int("trace"), rest.Amount, rest.Fingerprint, body.Stamp("at"), null)
    {
        GatewayTime = FactCodec.ReadGatewayTime(body),
    };

    static void Write(Utf8JsonWriter json, string name, Tally tally)
    {
        json.WriteNumber($"{name}Count", tally.Count);
        json.WriteNumber($"{name}Minor", tally.Minor);
    }

    static Tally ReadTally(EntryFields body, string name) => new(body.Int($"{name}Count"), body.Long($"{name}Minor"));
}
