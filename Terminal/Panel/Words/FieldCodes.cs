using System.Text;

namespace Terminal.Panel.Words;

/// <summary>
/// All field codes: E till, G gateway, J journal, P payment, B head office, C clock, S scanner, D panel, K keys.
/// </summary>
static class FieldCodes
{
    public static readonly FieldCode NoEcrLine = Stop("E-101",
        new("No line to the till", "Check cable and till"),
        new("Keine Leitung zur Kasse", "Kabel und Kasse prüfen"));

    public static readonly FieldCode WrongPassword = Note("E-102",
        new("Wrong till password", "Check ecr.password"),
        new("Kassenpasswort falsch", "ecr.password prüfen"));

    public static readonly FieldCode GatewayUnreachable = Note("G-201",
        new("Gateway not reachable", "Check the network"),
        new("Gateway nicht erreichbar", "Netzwerk prüfen"));

    public static readonly FieldCode GatewayUntrusted = Note("G-202",
        new("Gateway signature wrong", "Check keys and clock"),
        new("Gateway-Signatur falsch", "Schlüssel, Uhr prüfen"));

    public static readonly FieldCode GatewaySilent = Note("G-203",
        new("Gateway silent", "Check network, wait"),
        new("Gateway antwortet nicht", "Netz prüfen, warten"));

    public static readonly FieldCode GatewayMismatch = Note("G-204",
        new("Gateway confirmed another payment", "Call support"),
        new("Gateway bestätigt andere Zahlung", "Support anrufen"));

    public static readonly FieldCode CancelUnanswered = Note("G-205",
        new("Cancel not confirmed yet", "Keep box online"),
        new("Storno noch unbestätigt", "Gerät anlassen"));

    public static readonly FieldCode GatewayCertificate = Note("G-206",
        new("Gateway certificate refused", "Check clock and CA"),
        new("Gateway-Zertifikat ungültig", "Uhr und CA prüfen"));

    public static readonly FieldCode GatewayStale = Note("G-207",
        new("Gateway answers out of date", "Call support"),
        new("Gateway antwortet veraltet", "Support anrufen"));

    public static readonly FieldCode GatewayContradicts = Note("G-208",
        new("Declined, yet charged: goes back", "Call support"),
        new("Abgelehnt, doch belastet: zurück", "Support anrufen"));

    public static readonly FieldCode JournalDown = Stop("J-301",
        new("Journal not writable", "Restart, then service"),
        new("Journal nicht schreibbar", "Neustart, dann Service"));

    public static readonly FieldCode JournalFull = Stop("J-302",
        new("Journal is full", "Connect head office"),
        new("Journal ist voll", "Zentrale verbinden"));

    public static readonly FieldCode JournalDamaged = Stop("J-303",
        new("Journal is damaged", "Call service"),
        new("Journal beschädigt", "Service rufen"));

    public static readonly FieldCode JournalNotOurs = Stop("J-304",
        new("Journal wrong or gone", "Call service"),
        new("Journal falsch, fehlt", "Service rufen"));

    public static readonly FieldCode CodeKeyLost = Stop("J-305",
        new("Key of used codes lost", "Call service"),
        new("Code-Schlüssel fehlt", "Service rufen"));

    public static readonly FieldCode Returned = Note("P-401",
        new("Not taken by the till: money returned", "Sell again"),
        new("Kasse nahm nicht an: Geld zurück", "Neu kassieren"));

    public static readonly FieldCode Untold = Note("P-402",
        new("Paid, but the till was not told", "Repeat receipt at till"),
        new("Bezahlt, Kasse weiß es noch nicht", "Beleg wiederholen"));

    public static readonly FieldCode ReturnUntold = Note("P-403",
        new("Returned, till not told", "Repeat receipt at till"),
        new("Zurückgezahlt ohne Kasse", "Beleg wiederholen"));

    public static readonly FieldCode NeedsPerson = Note("P-404",
        new("A person must decide", "Run: payments resolve"),
        new("Entscheidung nötig", "payments resolve"));

    public static readonly FieldCode TooManyUnresolved = Stop("P-405",
        new("Too many open payments", "Check network, wait"),
        new("Zu viele offene Zahlungen", "Netz prüfen, warten"));

    public static readonly FieldCode BackendUnreachable = Note("B-501",
        new("Head office away", "Check the network"),
        new("Zentrale nicht erreichbar", "Netzwerk prüfen"));

    public static readonly FieldCode ClockUnset = Note("C-601",
        new("Clock is not set", "Check network time"),
        new("Uhr ist nicht gestellt", "Zeitserver prüfen"));

    public static readonly FieldCode ScannerAway = Note("S-701",
        new("Scanner not found", "Check its cable"),
        new("Scanner nicht gefunden", "Kabel prüfen"));

    public static readonly FieldCode PanelAway = Note("D-801",
        new("Panel device failed", "Check its cable"),
        new("Anzeige gestört", "Kabel prüfen"));

    public static readonly FieldCode NotProvisioned = Stop("K-901",
        new("No keys for gateway", "Provision this box"),
        new("Keine Schlüssel", "Gerät einrichten"));

    public static readonly FieldCode KeyExposed = Note("K-902",
        new("Key open to others", "Run: settings check"),
        new("Schlüssel für alle offen", "settings check"));

    public static readonly FieldCode StateExposed = Note("K-903",
        new("State folder open to others", "Run: settings check"),
        new("Datenordner für alle offen", "settings check"));

    public static IReadOnlyList<FieldCode> All { get; } =
    [
        NoEcrLine, WrongPassword, GatewayUnreachable, GatewayUntrusted, GatewaySilent, GatewayMismatch,
        CancelUnanswered, GatewayCertificate, GatewayStale, GatewayContradicts, JournalDown, JournalFull,
        JournalDamaged, JournalNotOurs, CodeKeyLost, Returned, Untold, ReturnUntold, NeedsPerson, TooManyUnresolved,
        BackendUnreachable, ClockUnset, ScannerAway, PanelAway, NotProvisioned, KeyExposed, StateExposed,
    ];

    /// <summary>A Markdown table of all codes, for the command line and the documents.</summary>
    public static string Table(Language language)
    {
        var table = new StringBuilder("| code | meaning | next step | payments |\n|---|---|---|---|\n");
        foreach (var code in All)
        {
            var text = code.In(language);
            var payments = code.Stops ? "stopped" : "go on";
            table.Append($"| {code.Code} | {text.Meaning} | {text.NextStep} | {payments} |\n");
        }
        return table.ToString();
    }

    static FieldCode Stop(string code, FieldText english, FieldText german) => new(code, true, english, german);

    static FieldCode Note(string code, FieldText english, FieldText german) => new(code, false, english, german);
}
