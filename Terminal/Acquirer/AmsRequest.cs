using System.Buffers;
using System.Text.Json;
using Terminal.Device;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Acquirer;

/// <summary>
/// One request: its destination and its body. The body is written once, so the signed bytes are the sent bytes.
/// </summary>
/// <param name="Call">Last part of the path: pay, inquiryPayment, cancel, refund, inquiryRefund.</param>
sealed record AmsRequest(string Call, byte[] Body)
{
    const string SecondsUtc = "yyyy-MM-ddTHH:mm:ssZ";

    static readonly DraftBody Draft = new();

    /// <param name="now">The gateway's time, as far as we know it.</param>
    public static AmsRequest Pay(Effect.Charge charge, AmsSettings settings, DateTimeOffset now) => Write("pay", w =>
    {
        var sale = charge.Sale;
        w.WriteString("productCode", "IN_STORE_PAYMENT");
        w.WriteString("paymentRequestId", sale.Id.Value);
        w.WriteStartObject("paymentMethod");
        w.WriteString("paymentMethodType", settings.PaymentMethod);
        w.WriteString("paymentMethodId", charge.Code.Reveal());
        w.WriteEndObject();
        w.WriteStartObject("paymentFactor");
        w.WriteString("inStorePaymentScenario", "PaymentCode");
        w.WriteEndObject();
        Amount(w, "paymentAmount", sale.Amount);
        w.WriteStartObject("order");
        w.WriteString("referenceOrderId", sale.Id.Value);
        w.WriteString("orderDescription", $"Receipt {sale.Receipt:D4}");
        Amount(w, "orderAmount", sale.Amount);
        Merchant(w, settings.Merchant);
        w.WriteStartObject("env");
        w.WriteString("storeTerminalId", settings.Merchant.TerminalId);
        w.WriteString("storeTerminalRequestTime", Time(now));
        w.WriteEndObject();
        w.WriteEndObject();
        if (sale.Expiry is { } validity)
        {
            w.WriteString("paymentExpiryTime", Time(now + validity));
        }
        if (settings.NotifyUrl is { } url)
        {
            w.WriteString("paymentNotifyUrl", url);
        }
    });

    public static AmsRequest Inquire(PaymentId payment) =>
        Write("inquiryPayment", w => w.WriteString("paymentRequestId", payment.Value));

    public static AmsRequest Cancel(PaymentId payment) =>
        Write("cancel", w => w.WriteString("paymentRequestId", payment.Value));

    public static AmsRequest Refund(Effect.Refund refund) => Write("refund", w =>
    {
        w.WriteString("refundRequestId", refund.Id.Value);
        w.WriteString("paymentId", refund.GatewayId);
        Amount(w, "refundAmount", refund.Amount);
    });

    public static AmsRequest InquireRefund(RefundId refund) =>
        Write("inquiryRefund", w => w.WriteString("refundRequestId", refund.Value));

    /// <summary>ISO 8601, UTC, whole seconds.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(SecondsUtc);

    /// <summary>Without the body, which may hold a payment code.</summary>
    public override string ToString() => $"{Call}, {Body.Length} bytes";

    static void Amount(Utf8JsonWriter w, string name, Money amount)
    {
        w.WriteStartObject(name);
        w.WriteString("currency", amount.Currency.Code);
        w.WriteString("value", amount.Minor.ToString());
        w.WriteEndObject();
    }

    static void Merchant(Utf8JsonWriter w, AmsMerchant merchant)
    {
        w.WriteStartObject("merchant");
        w.WriteString("referenceMerchantId", merchant.Id);
        w.WriteString("merchantName", merchant.Name);
        w.WriteString("merchantMCC", merchant.CategoryCode);
        w.WriteStartObject("store");
        w.WriteString("referenceStoreId", merchant.StoreId);
        w.WriteString("storeName", merchant.StoreName);
        w.WriteString("storeMCC", merchant.CategoryCode);
        w.WriteEndObject();
        w.WriteEndObject();
    }

    static AmsRequest Write(string call, Action<Utf8JsonWriter> fields)
    {
        lock (Draft)
        {
            try
            {
                Json.Write(Draft, fields);
                return new(call, Pinned.Copy(Draft.Written));
            }
            finally
            {
                Draft.Wipe();
            }
        }
    }

    /// <summary>Large enough never to grow: a discarded smaller buffer would keep the code in memory.</summary>
    sealed class DraftBody : IBufferWriter<byte>
    {
        readonly byte[] bytes = Pinned.Of(16 * 1024);
        int count;

        public void Advance(int count) => this.count += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => bytes.AsMemory(count);

        public Span<byte> GetSpan(int sizeHint = 0) => bytes.AsSpan(count);

        public Span<byte> Written => bytes.AsSpan(0, count);

        public void Wipe()
        {
            Pinned.Wipe(Written);
            count = 0;
        }
    }
}
