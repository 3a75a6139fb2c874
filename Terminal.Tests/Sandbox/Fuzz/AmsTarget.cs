using System.Text;
using System.Text.Json;
using Terminal.Acquirer;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Fuzz;

/// <summary>
/// What a gateway answers, behind its signature: a letter for the call that it answers, then the body. H is the header
/// with the signature, T the one with the time.
/// </summary>
sealed class AmsTarget() : FuzzTarget("ams")
{
    static readonly PaymentId Asked = new("PAYMENTAAAAAAAAAAAAAAAAAAA");
    static readonly RefundId AskedRefund = new("REFUNDAAAAAAAAAAAAAAAAAAAA");

    static readonly Effect.Refund Refund = new(Asked, AskedRefund, "G1", new(1234, Currency.Eur));

    public override void Take(byte[] input)
    {
        var rest = input.Length > 0 ? input[1..] : input;
        switch (input.FirstOrDefault())
        {
            case (byte)'P': Judge(AmsAnswer.Pay(rest, Currency.Eur), rest, ""); break;
            case (byte)'I': Judge(AmsAnswer.Inquiry(rest, Asked, Currency.Eur), rest, Asked.Value); break;
            case (byte)'C': Judge(AmsAnswer.Cancel(rest, Asked), rest, Asked.Value); break;
            case (byte)'R': Judge(AmsAnswer.Refund(rest, Refund), rest, AskedRefund.Value); break;
            case (byte)'Q': Judge(AmsAnswer.RefundInquiry(rest, AskedRefund), rest, AskedRefund.Value); break;
            case (byte)'T': Learn(Encoding.Latin1.GetString(rest)); break;
            default: Sign(Encoding.Latin1.GetString(rest)); break;
        }
    }

    void Judge(GatewayAnswer answer, byte[] body, string asked)
    {
        switch (answer)
        {
            case GatewayAnswer.Succeeded e:
                var root = Root(body);
                Expect(Text(root, "result", "resultStatus") == "S", "a success says so");
                Expect(Text(root, "paymentRequestId") == e.Echo.Value && e.Echo.Value.Length <= 64, "the id it echoes");
                Expect(Text(root, "paymentAmount", "value") is { } value && long.Parse(value) == e.Amount.Minor &&
                    (e.Amount.Currency != Currency.Eur || Text(root, "paymentAmount", "currency") == "EUR"),
                    "the amount that it names");
                break;
            case GatewayAnswer.Accepted:
                Expect(Text(Root(body), "result", "resultStatus") == "S", "an acceptance says so");
                Expect(Text(Root(body), "paymentRequestId") == asked || Text(Root(body), "refundRequestId") == asked,
                    "about what was asked");
                break;
            case GatewayAnswer.Declined or GatewayAnswer.Cancelled:
                Expect(Text(Root(body), "result", "resultStatus") is "F" or "S", "a decline has a result");
                break;
            default:
                return;
        }
        CountDeep();
    }

    /// <summary>Read as text: in names that are none the terminal and this reader need not agree.</summary>
    static JsonElement Root(byte[] body) => JsonDocument.Parse(Encoding.UTF8.GetString(body)).RootElement;

    static string? Text(JsonElement root, params string[] path)
    {
        foreach (var name in path)
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root))
            {
                return null;
            }
        }
        return root.GetString();
    }

    static void Learn(string time)
    {
        var clock = new GatewayClock(TimeProvider.System);
        var isFresh = clock.Take(time, TimeProvider.System.GetTimestamp()) == Freshness.Fresh;
        Expect(!isFresh && !clock.Known, "one answer teaches no time");
        Expect(clock.Newest?.Year is null or (>= 2020 and <= 2200), "a time that can be");
    }

    void Sign(string header)
    {
        if (AmsSignature.Parse(header) is not { } signature)
        {
            return;
        }
        CountDeep();
        var again = AmsSignature.Parse(signature.ToString());
        Expect(again is not null && again.KeyVersion == signature.KeyVersion &&
            again.Value.AsSpan().SequenceEqual(signature.Value), "a header encodes to itself");
    }
}
