using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>The 30 seconds and what follows them; every figure counts from T0 unless it says otherwise.</summary>
sealed record Policy
{
    public static readonly Policy Default = new();

    /// <summary>First inquiry at the latest, while pay has not answered.</summary>
    public TimeSpan FirstInquiry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>First inquiry after a pay answer that settles nothing, counted from that answer.</summary>
    public TimeSpan InquiryAfterFailure { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time between the starts of two inquiries.</summary>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one inquiry may take.</summary>
    public TimeSpan InquiryLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When the last inquiry starts; the cancel follows it without a gap.</summary>
    public TimeSpan LastInquiry { get; init; } = TimeSpan.FromSeconds(23);

    /// <summary>How long the last inquiry may take.</summary>
    public TimeSpan LastInquiryLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// From a decline to the one inquiry that checks it, within 10 s. By then the wallet has had its time for our pay
    /// call, should the decline have been about another one.
    /// </summary>
    public TimeSpan CheckDecline { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Earliest cancel after an abort; 15 s for wallets that refuse an earlier one.</summary>
    public TimeSpan AbortFloor { get; init; } = TimeSpan.Zero;

    /// <summary>Until then pay may be sent once more, if not one byte of it left.</summary>
    public TimeSpan ResendBefore { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one cancel, refund or refund inquiry may take.</summary>
    public TimeSpan CancelLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// When the ECR is told "not confirmed" if nothing is decided; 0.5 s under the promised 29.5 s (M5).
    /// </summary>
    public TimeSpan AnswerDue { get; init; } = TimeSpan.FromSeconds(29);

    /// <summary>The latest moment for the first byte of the final 04 0F (M5).</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(29.5);

    /// <summary>No intermediate status starts after this: an unacknowledged one would block the line.</summary>
    public TimeSpan LastProgress { get; init; } = TimeSpan.FromSeconds(23);

    /// <summary>Shortest validity a gateway may give a pay call.</summary>
    public TimeSpan ShortestExpiry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Assumed validity when none was sent.</summary>
    public TimeSpan UnsentExpiry { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Added to the validity before "the gateway does not know it" means "not charged".</summary>
    public TimeSpan NotChargedMargin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between the last cancel attempt and a refund of the same payment.</summary>
    public TimeSpan RefundAfterCancel { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A code that was read longer ago could expire on the way.</summary>
    public TimeSpan CodeLifetime { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long the lane waits for a scan.</summary>
    public TimeSpan AwaitCode { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>
    /// An order that waited no longer than this for its code needs no proof that its ECR is still there.
    /// </summary>
    public TimeSpan FreshOrder { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the ECR may take for that proof: to acknowledge an intermediate status (04 FF).</summary>
    public TimeSpan ProofLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the link may take to report the ECR's answer, or that there was none. It never takes that long, even
    /// with the 255 s that an ECR may ask for (BMP 01); only a lost input does.
    /// </summary>
    public TimeSpan LinkLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From a payment's beginning to the end of its command, if the link says nothing at all.</summary>
    public TimeSpan CommandLimit => AnswerLimit + LinkLimit;

    /// <summary>Payments that may resolve in the background before the lane refuses new ones.</summary>
    public int MaxUnresolved { get; init; } = 5;

    /// <summary>Repeats of 04 0F asked for by 84 9C, and the pause between them.</summary>
    public int MaxRepeats { get; init; } = 15;

    public TimeSpan RepeatPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After power loss an offered, unacknowledged approval is held this long for a 06 20.</summary>
    public TimeSpan HoldUnknown { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>
    /// Never take back an approval on silence: a person decides (<c>delivery.onUnknown = hold-for-person</c>).
    /// </summary>
    public bool HoldForPerson { get; init; }

    /// <summary>How long an approval waits for a line that is down.</summary>
    public TimeSpan HoldLineDown { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After this many cancel attempts a person is alarmed.</summary>
    public int AlarmAfterAttempts { get; init; } = 5;

    /// <summary>
    /// Refund ids tried before a person must decide, and cancels "acknowledged" without effect before a refund.
    /// </summary>
    public int MaxRelapses { get; init; } = 3;

    /// <summary>The pause before cancel (or refund) attempt <paramref name="attempt"/> + 1, counted from 1.</summary>
    /// <param name="attempt">How many attempts were made.</param>
    /// <param name="urgent">The ECR still waits: 0.5 s, then 1 s, before the patient schedule begins.</param>
    public static TimeSpan Backoff(int attempt, bool urgent) => (attempt, urgent) switch
    {
        (1, true) => TimeSpan.FromSeconds(0.5),
        (2, true) => TimeSpan.FromSeconds(1),
        ( <= 0, _) => TimeSpan.FromSeconds(2),
        ( <= 9, _) => TimeSpan.FromSeconds(Pauses[attempt - 1]),
        ( <= 22, _) => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromMinutes(5),
    };

    static readonly int[] Pauses = [2, 3, 3, 5, 5, 10, 20, 40, 60];

    /// <summary>
    /// How long "the gateway does not know it" proves nothing, counted from T0 or from process start.
    /// </summary>
    public TimeSpan NotChargedWait(Sale sale) => NotChargedMargin + (sale.Expiry switch
    {
        null => UnsentExpiry,
        { } sent when sent > ShortestExpiry => sent,
        _ => ShortestExpiry,
    });
}
