namespace Terminal.Ecr;

/// <summary>What one command of the ECR says about how its result is to be told.</summary>
/// <param name="EchoCurrency">It sent BMP 49, so it gets one.</param>
/// <param name="KnowsTlv">It sent a TLV container.</param>
/// <param name="Timeout">BMP 01: seconds it may take to answer the result; null if not sent.</param>
/// <param name="MaxStatus">BMP 02: how often it may ask for the result again; null if not sent.</param>
public sealed record ReplyTerms(bool EchoCurrency, bool KnowsTlv, byte? Timeout, byte? MaxStatus)
{
    public static ReplyTerms Of(Fields fields) => new(
        fields.Has(Bmp.Currency), fields.Has(Bmp.Tlv),
        fields.Get(Bmp.Timeout)?.Span[0], fields.Get(Bmp.MaxStatus)?.Span[0]);
}
