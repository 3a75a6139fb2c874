using Terminal.Payments.Charges;

namespace Terminal.Acquirer;

/// <summary>The gateway's result codes that decide something.</summary>
static class AmsCodes
{
    /// <summary>
    /// Refusals of pay after which this payment cannot take money. Any other code decides nothing: it may be about
    /// another payment with the same id (REPEAT_REQ_INCONSISTENT), about a closed one (ORDER_IS_CLOSED), or be a new
    /// code.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, DeclineReason> Declines = new Dictionary<string, DeclineReason>
    {
        ["INVALID_CODE"] = DeclineReason.BadCode,
        ["EXPIRED_CODE"] = DeclineReason.BadCode,
        ["INVALID_TOKEN"] = DeclineReason.BadCode,
        ["EXPIRED_ACCESS_TOKEN"] = DeclineReason.BadCode,
        ["USER_BALANCE_NOT_ENOUGH"] = DeclineReason.InsufficientFunds,
        ["USER_AMOUNT_EXCEED_LIMIT"] = DeclineReason.LimitExceeded,
        ["PAYMENT_AMOUNT_EXCEED_LIMIT"] = DeclineReason.LimitExceeded,
        ["PAYMENT_COUNT_EXCEED_LIMIT"] = DeclineReason.LimitExceeded,
        ["UNAVAILABLE_PAYMENT_METHOD"] = DeclineReason.MethodNotAllowed,
        ["INVALID_CONTRACT"] = DeclineReason.MethodNotAllowed,
        ["BUSINESS_NOT_SUPPORT"] = DeclineReason.MethodNotAllowed,
        ["CURRENCY_NOT_SUPPORT"] = DeclineReason.MethodNotAllowed,
        ["MERCHANT_NOT_REGISTERED"] = DeclineReason.MethodNotAllowed,
        ["ACCESS_DENIED"] = DeclineReason.MethodNotAllowed,
        ["USER_NOT_EXIST"] = DeclineReason.Refused,
        ["USER_STATUS_ABNORMAL"] = DeclineReason.Refused,
        ["USER_KYC_NOT_QUALIFIED"] = DeclineReason.Refused,
        ["USER_PAYMENT_VERIFICATION_FAILED"] = DeclineReason.Refused,
        ["RISK_REJECT"] = DeclineReason.Refused,
        ["PARAM_ILLEGAL"] = DeclineReason.Refused,
        ["PROCESS_FAIL"] = DeclineReason.Refused,
    };

    /// <summary>The gateway has not seen the payment yet.</summary>
    public const string OrderNotExist = "ORDER_NOT_EXIST";

    public const string RefundNotExist = "REFUND_NOT_EXIST";

    /// <summary>Too late for a cancel: only a refund gives the money back.</summary>
    public const string CancelWindowExceed = "CANCEL_WINDOW_EXCEED";
}
