using Terminal.Acquirer;
using Terminal.Backend;
using Terminal.Checkout;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Journal.Books;
using Terminal.Journal.Upkeep;
using Terminal.Panel;
using Terminal.Panel.Cues;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal;

/// <summary>What the box knows of itself: the state of each link in words, and the worst fault.</summary>
sealed class Health(LinkBoard links, TimeProvider time, Policy policy)
{
    static readonly TimeSpan ShownFor = TimeSpan.FromHours(1);

    readonly Clock clock = new(time);
    long wrongPasswordUntil;

    public required AmsAcquirer Acquirer { get; init; }

    public required SerialScanner? Scanner { get; init; }

    public required IPanel Panel { get; init; }

    public required JournalSync? Sync { get; init; }

    public required Room Room { get; init; }

    public required Maintenance Maintenance { get; init; }

    /// <summary>As found at the start.</summary>
    public IReadOnlyList<Exposure> Exposures { get; init; } = [];

    public required Bookkeeper Books { get; init; }

    /// <summary>What the start found; null: nothing.</summary>
    public required StartRefusal? Refusal { get; init; }

    /// <summary>Null while the terminal starts.</summary>
    public CheckoutLoop? Loop { get; set; }

    /// <summary>The ECR, or somebody in its place, sent a wrong password: shown for an hour.</summary>
    public void WrongPassword(string who)
    {
        Volatile.Write(ref wrongPasswordUntil, (clock.Now + ShownFor).Ticks);
        links.Warn("ecr", $"{FieldCodes.WrongPassword.Code}: wrong password from {who}");
    }

    /// <summary>The code that people see when an exception ends the process; null: they could not act on it.</summary>
    public static FieldCode? CodeOf(Exception e) => e switch
    {
        JournalFailedException { IsDamage: true } => FieldCodes.JournalDamaged,
        JournalFailedException => FieldCodes.JournalDown,
        // A journal that is another one, or missing, is reported under the setting that names its folder.
        SettingsException { Key: "state" } => FieldCodes.JournalNotOurs,
        SettingsException { Key: var key } when key.StartsWith("acquirer.", StringComparison.Ordinal) =>
            FieldCodes.NotProvisioned,
        _ => null,
    };

    /// <summary>For the display.</summary>
    public BoxStatus BoxStatus => new(links.IsUp("ecr"), Sync?.Status.Backlog ?? 0, WallTime, Fault);

    /// <summary>For head office.</summary>
    public Headline Headline => Loop?.State.InDoubt is var (count, oldest)
        ? new(count, oldest?.UnixMilliseconds)
        : default;

    /// <summary>For the status: the one that the display shows at rest.</summary>
    public FieldCode? Worst => CueChoice.Worst(Loop?.State ?? DeskState.Empty, policy, BoxStatus.Worst);

    /// <summary>For the till: would a payment be refused now, or end before it leaves this box?</summary>
    public bool IsOutOfOrder =>
        Fault is { Stops: true } || Acquirer.Status.IsCutOff || Loop?.State.Unresolved >= policy.MaxUnresolved;

    /// <summary>
    /// Why the journal takes no more instructions beside this many open payments; null: it does. What the start found
    /// comes last, because a lost key of used codes stops sales only.
    /// </summary>
    public RefusalReason? Bar(int open) =>
        Maintenance.Damage is not null ? RefusalReason.JournalDamaged :
        !Room.HasOneMore(open) ? RefusalReason.JournalFull :
        Refusal?.Reason;

    /// <summary>
    /// Why an order could not be written down; null: it could. A resend is told what was written before.
    /// </summary>
    public RefusalReason? Bar(PaymentCode? code) =>
        Loop?.Failure is not null ? RefusalReason.JournalDown :
        code is not null && Loop?.State.FindByCode(code.Fingerprint) is not null ? null :
        Bar(Loop?.State.Open.Count ?? 0);

    /// <summary>For the status: name and words.</summary>
    public (string Link, string State)[] Links() =>
    [
        .. links.All(),
        .. Scanner is { Status: var s } ? new[] { ("scanner", s.Words(Loop?.ScansIgnored ?? 0)) } : [],
        .. WallTime is null ? new[] { ("clock", "not set") } : [],
        .. Refusal is { } refusal ? new[] { ("new payments", $"stopped: {refusal.Text}") } : [],
        .. Maintenance.Damage is { } damage ? new[] { ("journal damaged", damage) } : [],
        .. Exposures.Select(exposure => ("open to others", exposure.Text)),
        .. Books.Progress is { } progress ? new[] { ("books", progress) } : [],
        Sync is null ? ("journal used", $"{Room.PercentUsed} %") : ("backlog", Sync.Status.Backlog.ToString()),
    ];

    /// <summary>Null: there is nothing to report.</summary>
    static FieldCode? CodeOf(GatewayState state) => state switch
    {
        GatewayState.Unreachable => FieldCodes.GatewayUnreachable,
        GatewayState.Untrusted => FieldCodes.GatewayUntrusted,
        GatewayState.CertificateRefused => FieldCodes.GatewayCertificate,
        GatewayState.Stale => FieldCodes.GatewayStale,
        GatewayState.Silent => FieldCodes.GatewaySilent,
        _ => null,
    };

    // The worst first: faults that stop payments, then those that only need a look.
    FieldCode? Fault =>
        Loop?.Failure is not null ? FieldCodes.JournalDown :
        Refusal is not null ? Refusal.Code :
        Maintenance.Damage is not null ? FieldCodes.JournalDamaged :
        !Room.HasOneMore(Loop?.State.Open.Count ?? 0) ? FieldCodes.JournalFull :
        CodeOf(Acquirer.Status.State) is { } gateway ? gateway :
        WallTime is null ? FieldCodes.ClockUnset :
        Scanner is { Status.Connected: false } ? FieldCodes.ScannerAway :
        Panel.HasFailed ? FieldCodes.PanelAway :
        Sync is { Status.Connected: false } ? FieldCodes.BackendUnreachable :
        clock.Now.Ticks < Volatile.Read(ref wrongPasswordUntil) ? FieldCodes.WrongPassword :
        Exposures is [var first, ..] ? first.Code :
        null;

    // Null while this box's clock is not plausible.
    TimeOnly? WallTime => Acquirer.ClockIsPlausible ? TimeOnly.FromDateTime(time.GetLocalNow().DateTime) : null;
}
