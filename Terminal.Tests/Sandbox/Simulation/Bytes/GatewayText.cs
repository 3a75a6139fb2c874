using System.Buffers;
using System.Text.Json;
using Terminal.Payments.Charges;

namespace Sandbox.Simulation.Bytes;

/// <summary>What the gateway reads of a request body.</summary>
sealed record GatewayOrder(string Id, string Code, long Minor, DateTimeOffset? Expires)
{
    /// <param name="call">Last part of the path.</param>
    public static GatewayOrder Read(string call, byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        return call switch
        {
            "pay" => new(
                Text(root, "paymentRequestId"), Text(root.GetProperty("paymentMethod"), "paymentMethodId"),
                Amount(root, "paymentAmount"),
                root.TryGetProperty("paymentExpiryTime", out var e) ? e.GetDateTimeOffset() : null),
            "refund" => new(Text(root, "refundRequestId"), "", Amount(root, "refundAmount"), null),
            "inquiryRefund" => new(Text(root, "refundRequestId"), "", 0, null),
            _ => new(Text(root, "paymentRequestId"), "", 0, null),
        };
    }

    static long Amount(JsonElement root, string name) => long.Parse(Text(root.GetProperty(name), "value"));

    static string Text(JsonElement root, string name) => root.GetProperty(name).GetString()!;
}

/// <summary>Writes the gateway's answers as JSON.</summary>
static class GatewayText
{
    /// <param name="asked">The request that is answered.</param>
    /// <param name="odd">Writes the payment status like a word ("Success"), as one gateway does.</param>
    public static byte[] Write(string call, GatewayOrder asked, GatewayAnswer answer, bool odd)
    {
        var (status, code) = Result(call, answer);
        var bytes = new ArrayBufferWriter<byte>(512);
        using var w = new Utf8JsonWriter(bytes);
        w.WriteStartObject();
        w.WriteStartObject("result");
        w.WriteString("resultCode", code);
        w.WriteString("resultStatus", status);
        w.WriteString("resultMessage", "simulated");
        w.WriteEndObject();
        if (status == "S")
        {
            Fields(w, (call, asked), answer, odd);
        }
        w.WriteEndObject();
        w.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    static (string Status, string Code) Result(string call, GatewayAnswer answer) => (call, answer) switch
    {
        ("pay", GatewayAnswer.Declined) => ("F", "USER_BALANCE_NOT_ENOUGH"),
        ("pay", GatewayAnswer.Cancelled) => ("F", "ORDER_IS_CLOSED"),
        ("inquiryPayment", GatewayAnswer.Declined or GatewayAnswer.Cancelled or GatewayAnswer.Processing) =>
            ("S", "SUCCESS"),
        ("inquiryRefund", GatewayAnswer.Refused or GatewayAnswer.Processing) => ("S", "SUCCESS"),
        ("inquiryRefund", GatewayAnswer.NotFound) => ("F", "REFUND_NOT_EXIST"),
        (_, GatewayAnswer.Succeeded or GatewayAnswer.Accepted) => ("S", "SUCCESS"),
        (_, GatewayAnswer.Unknown e) => ("F", e.Why),
        (_, GatewayAnswer.NotFound) => ("F", "ORDER_NOT_EXIST"),
        (_, GatewayAnswer.WindowExceeded) => ("F", "CANCEL_WINDOW_EXCEED"),
        (_, GatewayAnswer.Refused) => ("F", "PROCESS_FAIL"),
        _ => ("U", "PAYMENT_IN_PROCESS"),
    };

    static void Fields(Utf8JsonWriter w, (string Call, GatewayOrder Order) asked, GatewayAnswer answer, bool odd)
    {
        var name = asked.Call is "refund" or "inquiryRefund" ? "refundRequestId" : "paymentRequestId";
        w.WriteString(name, answer is GatewayAnswer.Succeeded e ? e.Echo.Value : asked.Order.Id);
        if (answer is GatewayAnswer.Succeeded paid)
        {
            w.WriteString("paymentId", paid.GatewayId);
            Amount(w, "paymentAmount", paid.Amount.Minor, paid.Amount.Currency.Code);
        }
        if (asked.Call == "refund")
        {
            Amount(w, "refundAmount", asked.Order.Minor, "EUR");
        }
        if (asked.Call is "inquiryPayment" or "inquiryRefund")
        {
            var status = Status(answer);
            var text = odd ? $"{status[0]}{status[1..].ToLowerInvariant()}" : status;
            w.WriteString(asked.Call == "inquiryPayment" ? "paymentStatus" : "refundStatus", text);
        }
    }

    static string Status(GatewayAnswer answer) => answer switch
    {
        GatewayAnswer.Succeeded or GatewayAnswer.Accepted => "SUCCESS",
        GatewayAnswer.Cancelled => "CANCELLED",
        GatewayAnswer.Declined or GatewayAnswer.Refused => "FAIL",
        _ => "PROCESSING",
    };

    static void Amount(Utf8JsonWriter w, string name, long minor, string currency)
    {
        w.WriteStartObject(name);
        w.WriteString("currency", currency);
        w.WriteString("value", minor.ToString());
        w.WriteEndObject();
    }
}
