using System.Buffers;
using System.Text.Json;
using Terminal.Acquirer;

namespace Sandbox.Acquirer;

/// <summary>The gateway's side of the AMS messages: JSON in, the book's answer as JSON out.</summary>
public sealed class AmsDialect(GatewayBook book)
{
    static readonly BookReply Illegal = new("F", "PARAM_ILLEGAL");

    /// <param name="call">Last part of the path.</param>
    public DialectReply Answer(string call, byte[] body, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return call switch
            {
                "pay" => Pay(root, now),
                "inquiryPayment" => Write(book.Inquire(Text(root, "paymentRequestId"), now), now, call),
                "cancel" => Write(book.Cancel(Text(root, "paymentRequestId"), now), now, call),
                "refund" => Write(book.Refund(Refund(root), now), now, call),
                "inquiryRefund" => Write(book.InquireRefund(Text(root, "refundRequestId")), now, call),
                _ => Write(Illegal, now, call),
            };
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return Write(Illegal, now, call);
        }
    }

    DialectReply Pay(JsonElement root, DateTimeOffset now)
    {
        var code = Text(root.GetProperty("paymentMethod"), "paymentMethodId");
        var (minor, currency) = Amount(root, "paymentAmount");
        DateTimeOffset? expires = root.TryGetProperty("paymentExpiryTime", out var e) ? e.GetDateTimeOffset() : null;
        var reply = book.Pay(new(Text(root, "paymentRequestId"), minor, currency, code, expires), now);
        var behaviour = GatewayScript.For(minor, code);
        return Write(reply, now, "pay", behaviour.Fault) with
        {
            Fault = behaviour.Fault,
            After = behaviour.AnswersAfter,
            Skew = behaviour.Skew,
            Code = code,
        };
    }

    static RefundOrder Refund(JsonElement root)
    {
        var (minor, currency) = Amount(root, "refundAmount");
        return new(Text(root, "refundRequestId"), Text(root, "paymentId"), minor, currency);
    }

    static DialectReply Write(
        BookReply reply, DateTimeOffset now, string call, WireFault fault = WireFault.None)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var w = new Utf8JsonWriter(bytes);
        w.WriteStartObject();
        w.WriteStartObject("result");
        w.WriteString("resultCode", reply.Code);
        w.WriteString("resultStatus", reply.Status);
        w.WriteString("resultMessage", reply.Status == "S" ? "success" : reply.Code);
        w.WriteEndObject();
        if (reply.Status == "S")
        {
            Fields(w, reply, call, fault);
            w.WriteString(call is "cancel" or "refund" ? $"{call}Time" : "paymentTime", AmsRequest.Time(now));
        }
        w.WriteEndObject();
        w.Flush();
        return new(bytes.WrittenSpan.ToArray(), $"{reply.Status} {reply.Code} {reply.Found}".TrimEnd());
    }

    static void Fields(Utf8JsonWriter w, BookReply reply, string call, WireFault fault)
    {
        if (reply.Payment is { } payment)
        {
            var order = payment.Order;
            w.WriteString("paymentId", payment.GatewayId);
            w.WriteString("paymentRequestId", fault == WireFault.OtherId ? "SOMEBODYELSESPAYMENT234567" : order.Id);
            Amount(w, "paymentAmount",
                order.Minor + (fault == WireFault.OtherAmount ? 100 : 0),
                fault == WireFault.OtherCurrency ? "JPY" : order.Currency);
        }
        if (reply.Refund is { } refund)
        {
            w.WriteString("refundRequestId", refund.RefundId);
            w.WriteString("refundId", $"R{refund.RefundId}");
            Amount(w, "refundAmount", refund.Minor, refund.Currency);
        }
        if (reply.Found.Length > 0)
        {
            w.WriteString(call == "inquiryRefund" ? "refundStatus" : "paymentStatus", reply.Found);
        }
        if (reply.Found == "FAIL" && reply.Payment is { } failed)
        {
            w.WriteString("paymentResultCode",
                failed.Behaviour.Declines.Length > 0 ? failed.Behaviour.Declines : "ORDER_IS_CLOSED");
        }
    }

    static void Amount(Utf8JsonWriter w, string name, long minor, string currency)
    {
        w.WriteStartObject(name);
        w.WriteString("currency", currency);
        w.WriteString("value", minor.ToString());
        w.WriteEndObject();
    }

    static (long Minor, string Currency) Amount(JsonElement root, string name)
    {
        var amount = root.GetProperty(name);
        return (long.Parse(Text(amount, "value")), Text(amount, "currency"));
    }

    static string Text(JsonElement e, string name) => e.GetProperty(name).GetString() ?? "";
}

