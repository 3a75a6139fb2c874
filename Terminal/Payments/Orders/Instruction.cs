using Terminal.Payments.Periods;

namespace Terminal.Payments.Orders;

/// <summary>What the ECR ordered.</summary>
abstract record Instruction
{
    Instruction() { }

    public static readonly Instruction Pay = new Authorisation();

    /// <summary>06 01: take money.</summary>
    public sealed record Authorisation : Instruction;

    /// <summary>06 30 or 06 31: return all or a part of one payment's money.</summary>
    /// <param name="Payment">The payment whose money it is.</param>
    /// <param name="GatewayId">Of that payment.</param>
    /// <param name="Receipt">Of that payment.</param>
    /// <param name="Trace">Of that payment (BMP 37).</param>
    public sealed record Return(ReturnKind Kind, PaymentId Payment, string GatewayId, int Receipt, int Trace)
        : Instruction;

    /// <summary>06 50: the business period is closed.</summary>
    public sealed record EndOfDay(PeriodTotals Totals) : Instruction
    {
        /// <summary>Fingerprint of every end-of-day; no payment code has it, they are 32 hex digits.</summary>
        public const string Mark = "end-of-day";
    }
}

/// <summary>How money is returned by order of the ECR.</summary>
public enum ReturnKind
{
    /// <summary>06 30: the whole payment, by cancel while the gateway still can, then by refund.</summary>
    Reversal,
    /// <summary>06 31: an amount, by refund.</summary>
    Refund,
}
