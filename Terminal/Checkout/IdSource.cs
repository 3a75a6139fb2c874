using System.Security.Cryptography;
using Terminal.Payments.Orders;

namespace Terminal.Checkout;

/// <summary>
/// Draws request ids: 128 random bits as 26 characters of base32, never from a counter, a date or the journal.
/// </summary>
/// <param name="fill">Fills a span with random bytes; the default is the system's generator.</param>
sealed class IdSource(Action<Span<byte>>? fill = null)
{
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    readonly Action<Span<byte>> fill = fill ?? RandomNumberGenerator.Fill;

    public PaymentId NextPayment() => new(Draw());

    public RefundId NextRefund() => new(Draw());

    string Draw()
    {
        Span<byte> bytes = stackalloc byte[16];
        fill(bytes);
        return string.Create(26, new UInt128(
            BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..])), (text, bits) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = Alphabet[(int)(bits & 31)];
                    bits >>= 5;
                }
            });
    }
}
