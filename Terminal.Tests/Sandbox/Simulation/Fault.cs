namespace Sandbox.Simulation;

/// <summary>
/// What a world may do to a payment. Each world draws its own mix; from the end of the last order on, none happens.
/// </summary>
enum Fault
{
    // The way to the gateway.
    NotSent,
    RequestLost,
    /// <summary>A request arrives up to 40 s later, also after those sent after it.</summary>
    RequestLate,
    AnswerLost,
    AnswerLate,
    AnswerTwice,
    AnswerUnsigned,

    // The gateway.
    /// <summary>Taken in, but booked up to 40 s later: unknown to inquiry and cancel until then.</summary>
    PayLate,
    /// <summary>The customer confirms at any time up to the expiry, or never.</summary>
    CustomerSlow,
    PayDeclined,
    /// <summary>A refusal of pay although the money is taken (REPEAT_REQ_INCONSISTENT).</summary>
    PayMisleads,
    /// <summary>Declined, in words that name no payment, although it is taken or the customer is asked.</summary>
    PayMisdeclined,
    /// <summary>Notifications come several times, and long after.</summary>
    NotificationsRace,
    /// <summary>"Order does not exist" for a payment that does, soon after it began.</summary>
    InquiryForgets,
    /// <summary>A signed success with another id, amount or currency.</summary>
    Mismatch,
    CancelWindowClosed,
    CancelRefused,
    /// <summary>U: cancelled some seconds later, or not at all.</summary>
    CancelUndecided,
    /// <summary>"Cancelled", and the money stays.</summary>
    CancelLies,
    RefundRefused,
    RefundUndecided,
    /// <summary>An inquiry that denies a capture for good: no promise about the money can hold then.</summary>
    InquiryLies,

    // The till and its line.
    TillSilent,
    TillRefuses,
    TillNotYet,
    AckLost,
    /// <summary>Deaf for a while; then it books and acknowledges what was withdrawn meanwhile.</summary>
    AckLate,
    LineLostBeforeAck,
    LineLostAfterAck,
    LineLost,
    CloseLost,
    Abort,
    /// <summary>Another order while one is under way.</summary>
    OrderWhileBusy,
    /// <summary>The same order again, although it was answered.</summary>
    OrderAgain,
    /// <summary>06 20, although nothing was missed.</summary>
    RepeatAsked,
    CodeUsedBefore,
    CodeTooOld,
    NoScan,
    /// <summary>A scan that nobody asked for.</summary>
    StrayScan,
    /// <summary>06 30, 06 31, 06 50, 06 10: not a fault, but often in the way of one.</summary>
    ReturnOrdered,

    // The box.
    PowerCut,
    JournalFails,
    /// <summary>Nothing can be written for up to an hour, over any number of restarts.</summary>
    DiskFull,
    /// <summary>The wall clock is set, by up to months: no excuse for anything.</summary>
    ClockJumps,

    // From here on at byte level only. The line of the till.
    ByteSpoiled,
    WriteLost,
    /// <summary>The line breaks after any byte.</summary>
    LineCut,
    /// <summary>Nothing comes through for a while, and nobody is told.</summary>
    CablePulled,
    /// <summary>ACK and answer are missed, so the till repeats the block of its command: no excuse for M13.</summary>
    CommandTwice,

    // The bytes of the gateway.
    /// <summary>Unsigned, another key, altered, cut off, too long, HTML, 502.</summary>
    AnswerSpoiled,
    StatusInOddCase,
    GatewayClockWrong,
    /// <summary>Somebody on the line answers with what the gateway signed for another call, minutes ago.</summary>
    AnswerReplayed,

    // The head office.
    OfficeRefuses,
    OfficeLineLost,
    OfficeMessageLost,
    OfficeMessageLate,
    OfficeMessageTwice,
    OfficeAckLost,
    /// <summary>An acknowledgement of entries that are not ours.</summary>
    OfficeAckForeign,
    /// <summary>What it had in memory is gone; sometimes it comes back with an older state.</summary>
    OfficeCrash,
}
