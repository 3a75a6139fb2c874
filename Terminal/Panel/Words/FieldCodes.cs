using System.Text;

namespace Terminal.Panel.Words;

/// <summary>
/// All field codes: E till, G gateway, J journal, P payment, B head office, C clock, S scanner, D panel, K keys.
/// </summary>
static class FieldCodes
{
    public static readonly FieldCode NoEcrLine = Stop("E-101",
        new("No line to the till", "Keine Leitung zur Kasse"),
        new("Check cable and till", "Kabel und Kasse prüfen"));

    public static readonly FieldCode WrongPassword = Note("E-102",
        new("Wrong till password", "Kassenpasswort falsch"),
        new("Check ecr.password", "ecr.password prüfen"));

    public static readonly FieldCode GatewayUnreachable = Note("G-201",
        new("Gateway not reachable", "Gateway nicht erreichbar"),
        new("Check the network", "Netzwerk prüfen"));

    public static readonly FieldCode GatewayUntrusted = Note("G-202",
        new("Gateway signature wrong", "Gateway-Signatur falsch"),
        new("Check keys and clock", "Schlüssel, Uhr prüfen"));

    public static readonly FieldCode GatewaySilent = Note("G-203",
        new("Gateway silent", "Gateway antwortet nicht"),
        new("Check network, wait", "Netz prüfen, warten"));

    public static readonly FieldCode GatewayMismatch = Note("G-204",
        new("Gateway confirmed another payment", "Gateway bestätigt andere Zahlung"),
        new("Call support", "Support anrufen"));

    public static readonly FieldCode CancelUnanswered = Note("G-205",
        new("Cancel not confirmed yet", "Storno noch unbestätigt"),
        new("Keep box online", "Gerät anlassen"));

    public static readonly FieldCode GatewayCertificate = Note("G-206",
        new("Gateway certificate refused", "Gateway-Zertifikat ungültig"),
        new("Check clock and CA", "Uhr und CA prüfen"));

    public static readonly FieldCode GatewayStale = Note("G-207",
        new("Gateway answers out of date", "Gateway antwortet veraltet"),
        new("Call support", "Support anrufen"));

    public static readonly FieldCode GatewayContradicts = Note("G-208",
        new("Declined, yet charged: goes back", "Abgelehnt, doch belastet: zurück"),
        new("Call support", "Support anrufen"));

    public static readonly FieldCode JournalDown = Stop("J-301",
        new("Journal not writable", "Journal nicht schreibbar"),
        new("Restart, then service", "Neustart, dann Service"));

    public static readonly FieldCode JournalFull = Stop("J-302",
        new("Journal is full", "Journal ist voll"),
        new("Connect head office", "Zentrale verbinden"));

    public static readonly FieldCode JournalDamaged = Stop("J-303",
        new("Journal is damaged", "Journal beschädigt"),
        new("Call service", "Service rufen"));

    public static readonly FieldCode JournalNotOurs = Stop("J-304",
        new("Journal wrong or gone", "Journal falsch, fehlt"),
        new("Call service", "Service rufen"));

    public static readonly FieldCode CodeKeyLost = Stop("J-305",
        new("Key of used codes lost", "Code-Schlüssel fehlt"),
        new("Call service", "Service rufen"));

    public static readonly FieldCode Returned = Note("P-401",
        new("Not taken by the till: money returned", "Kasse nahm nicht an: Geld zurück"),
        new("Sell again", "Neu kassieren"));

    public static readonly FieldCode Untold = Note("P-402",
        new("Paid, but the till was not told", "Bezahlt, Kasse weiß es noch nicht"),
        new("Repeat receipt at till", "Beleg wiederholen"));

    public static readonly FieldCode ReturnUntold = Note("P-403",
        new("Returned, till not told", "Zurückgezahlt ohne Kasse"),
        new("Repeat receipt at till", "Beleg wiederholen"));

    public static readonly FieldCode NeedsPerson = Note("P-404",
        new("A person must decide", "Entscheidung nötig"),
        new("Run: payments resolve", "payments resolve"));

    public static readonly FieldCode TooManyUnresolved = Stop("P-405",
        new("Too many open payments", "Zu viele offene Zahlungen"),
        new("Check network, wait", "Netz prüfen, warten"));

    public static readonly FieldCode BackendUnreachable = Note("B-501",
        new("Head office away", "Zentrale nicht erreichbar"),
        new("Check the network", "Netzwerk prüfen"));

    public static readonly FieldCode ClockUnset = Note("C-601",
        new("Clock is not set", "Uhr ist nicht gestellt"),
        new("Check network time", "Zeitserver prüfen"));

    public static readonly FieldCode ScannerAway = Note("S-701",
        new("Scanner not found", "Scanner nicht gefunden"),
        new("Check its cable", "Kabel prüfen"));

    public static readonly FieldCode PanelAway = Note("D-801",
        new("Panel device failed", "Anzeige gestört"),
        new("Check its cable", "Kabel prüfen"));

    public static readonly FieldCode NotProvisioned = Stop("K-901",
        new("No keys for gateway", "Keine Schlüssel"),
        new("Provision this box", "Gerät einrichten"));

    public static readonly FieldCode KeyExposed = Note("K-902",
        new("Key open to others", "Schlüssel für alle offen"),
        new("Run: settings check", "settings check"));

    public static readonly FieldCode StateExposed = Note("K-903",
        new("State folder open to others", "Datenordner für alle offen"),
        new("Run: settings check", "settings check"));

    public static IReadOnlyList<FieldCode> All { get; } =
    [
        NoEcrLine, WrongPassword, GatewayUnreachable, GatewayUntrusted, GatewaySilent, GatewayMismatch,
        CancelUnanswered, GatewayCertificate, GatewayStale, GatewayContradicts, JournalDown, JournalFull,
        JournalDamaged, JournalNotOurs, CodeKeyLost, Returned, Untold, ReturnUntold, NeedsPerson, TooManyUnresolved,
        BackendUnreachable, ClockUnset, ScannerAway, PanelAway, NotProvisioned, KeyExposed, StateExposed,
    ];

    /// <summary>A Markdown table of all codes, for the command line and the documentation.</summary>
    public static string Table(Language language)
    {
        var table = new StringBuilder("| code | meaning | next step | payments |\n|---|---|---|---|\n");
        foreach (var code in All)
        {
            var payments = code.Stops ? "stopped" : "go on";
            var (meaning, next) = (code.Meaning.In(language), code.NextStep.In(language));
            table.Append($"| {code.Code} | {meaning} | {next} | {payments} |\n");
        }
        return table.ToString();
    }

    static FieldCode Stop(string code, Phrase meaning, Phrase next) => new(code, true, meaning, next);

    static FieldCode Note(string code, Phrase meaning, Phrase next) => new(code, false, meaning, next);
}
