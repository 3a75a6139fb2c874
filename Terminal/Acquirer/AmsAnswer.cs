using System.Text.Json;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Acquirer;

/// <summary>
/// Reads response bodies whose signature was verified. Anything that is not clearly an answer counts as none.
/// </summary>
static class AmsAnswer
{
    /// <summary>
    /// With a name given twice, readers disagree which value counts, so such bodies are refused as a whole.
    /// </summary>
    static readonly JsonDocumentOptions Json = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static GatewayAnswer Pay(byte[] body, Currency currency) => Read(body, r => r.Status switch
    {
        "S" => Paid(r, currency),
        "U" => new GatewayAnswer.Processing(),
        "F" when AmsCodes.Declines.TryGetValue(r.Code, out var reason) => new GatewayAnswer.Declined(reason, r.Code),
        _ => Unclear(r),
    });

    public static GatewayAnswer Inquiry(byte[] body, PaymentId asked, Currency currency) =>
        Read(body, r => (r.Status, r.Code) switch
        {
            ("S", _) => Status(r, asked, currency),
            ("U", _) => new GatewayAnswer.Processing(),
            ("F", AmsCodes.OrderNotExist) => new GatewayAnswer.NotFound(),
            _ => Unclear(r), // A refused inquiry says nothing about the payment.
        });

    public static GatewayAnswer Cancel(byte[] body, PaymentId asked) => Read(body, r => (r.Status, r.Code) switch
    {
        ("S", _) => About(r, asked) ? new GatewayAnswer.Accepted() : Other(),
        ("F", AmsCodes.CancelWindowExceed) => new GatewayAnswer.WindowExceeded(),
        ("F", AmsCodes.OrderNotExist) => new GatewayAnswer.NotFound(),
        ("F", _) => new GatewayAnswer.Refused(r.Code),
        _ => Unclear(r),
    });

    public static GatewayAnswer Refund(byte[] body, Effect.Refund asked) => Read(body, r => r.Status switch
    {
        "S" => About(r, asked.Id) && r.Amount("refundAmount", asked.Amount.Currency) == asked.Amount
            ? new GatewayAnswer.Accepted()
            : Other(),
        "F" => new GatewayAnswer.Refused(r.Code),
        _ => Unclear(r),
    });

    public static GatewayAnswer RefundInquiry(byte[] body, RefundId asked) => Read(body, r => (r.Status, r.Code) switch
    {
        ("S", _) when !About(r, asked) => Other(),
        ("S", _) => r.Text("refundStatus").ToUpperInvariant() switch
        {
            "SUCCESS" => new GatewayAnswer.Accepted(),
            "FAIL" => new GatewayAnswer.Refused("FAIL"),
            _ => new GatewayAnswer.Processing(),
        },
        ("F", AmsCodes.OrderNotExist or AmsCodes.RefundNotExist) => new GatewayAnswer.NotFound(),
        _ => Unclear(r),
    });

    /// <summary>
    /// Reads a status and checks that a FAIL or CANCELLED is about our payment; the core checks a success.
    /// </summary>
    static GatewayAnswer Status(AmsReply r, PaymentId asked, Currency currency) =>
        r.Text("paymentStatus").ToUpperInvariant() switch
        {
            "SUCCESS" => Paid(r, currency),
            "FAIL" => About(r, asked) ? Failed(r.ResultCode("paymentResultCode")) : Other(),
            "CANCELLED" => About(r, asked) ? new GatewayAnswer.Cancelled() : Other(),
            _ => new GatewayAnswer.Processing(Named: About(r, asked)),
        };

    static GatewayAnswer Paid(AmsReply r, Currency currency)
    {
        var echo = r.Word("paymentRequestId");
        var gatewayId = r.Word("paymentId");
        return echo.Length > 0 && gatewayId.Length > 0 && r.Amount("paymentAmount", currency) is { } amount
            ? new GatewayAnswer.Succeeded(new(echo), gatewayId, amount)
            : new GatewayAnswer.Unknown("success without id or amount");
    }

    static GatewayAnswer.Declined Failed(string code) =>
        new(AmsCodes.Declines.GetValueOrDefault(code, DeclineReason.Refused), code);

    static bool About(AmsReply r, PaymentId asked) => r.Text("paymentRequestId") == asked.Value;

    static bool About(AmsReply r, RefundId asked) => r.Text("refundRequestId") == asked.Value;

    static GatewayAnswer.Unknown Other() => new("about something else");

    static GatewayAnswer.Unknown Unclear(AmsReply r) => new(r.Code.Length > 0 ? r.Code : "no result");

    static GatewayAnswer Read(byte[] body, Func<AmsReply, GatewayAnswer> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Json);
            return read(new(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // Broken \u escapes.
        {
            return new GatewayAnswer.Unknown("unparsable");
        }
    }
}
