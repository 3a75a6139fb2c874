using System.Net;
using Terminal.Device;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Ecr;

/// <summary>How the cash register reaches this terminal, and what the terminal says about itself.</summary>
sealed record EcrSettings
{
    /// <summary>E.g. /dev/ttyUSB0. Not used with <see cref="Tcp"/>.</summary>
    public string Device { get; init; } = "/dev/ttyS0";

    /// <summary>The address that the ECR connects to; null: the ECR is on a serial line.</summary>
    public IPEndPoint? Tcp { get; init; }

    /// <summary>Who may connect to <see cref="Tcp"/>; empty: programs on this machine.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];

    /// <summary>Null: the TCP line is plain.</summary>
    public TlsCertificate? Tls { get; init; }

    /// <summary>The name of the line in messages.</summary>
    public string Place => Tcp is null ? Device : $"port {Tcp}";

    public int Baud { get; init; } = 9600;

    /// <summary>7 or 8.</summary>
    public int DataBits { get; init; } = 8;

    public Parity Parity { get; init; }

    /// <summary>1 or 2. A receiver set to 1 also understands 2.</summary>
    public int StopBits { get; init; } = 2;

    /// <summary>The wire by which the till shows that it is there.</summary>
    public Presence Presence { get; init; }

    /// <summary>How long an order waits for a scan.</summary>
    public TimeSpan CodeWait { get; init; } = Policy.Default.AwaitCode;

    /// <summary>The six digits that every command must carry; null: any password will do.</summary>
    public string? Password { get; init; }

    /// <summary>An ECR that gives more orders a minute is refused. No till comes near this.</summary>
    public int OrdersPerMinute { get; init; } = 240;

    /// <summary>Largest amount of a payment, in cents.</summary>
    public long AmountLimit { get; init; } = 1_000_000;

    /// <summary>Eight digits (BMP 29).</summary>
    public string TerminalId { get; init; } = "00000001";

    /// <summary>Reported on a status enquiry.</summary>
    public string Version { get; init; } = "0.1.0";

    /// <summary>A head office stores the journal, so an end-of-day says how much of it is stored.</summary>
    public bool HasHeadOffice { get; init; } = true;

    /// <summary>ZVT card type (BMP 8A); 97 is ALIPAY.</summary>
    public byte CardType { get; init; } = 97;

    /// <summary>ASCII (BMP 8B).</summary>
    public string CardName { get; init; } = "ALIPAY";

    /// <summary>The time zone of date and time on receipts.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The language of texts and receipts, unless the ECR asks for another one.</summary>
    public Language Language { get; init; }

    /// <summary>The character set of texts in both directions, unless the ECR asks for another one (TLV 14).</summary>
    public Charset Charset { get; init; } = Charset.CodePage437;

    /// <summary>Lines at the top of each receipt that the ECR prints for us: the shop's name and address.</summary>
    public IReadOnlyList<string> ReceiptHeader { get; init; } = [];

    /// <summary>Also take a code from BMP 3C, after "QR:", for an ECR that can only add text.</summary>
    public bool CodeInText { get; init; }

    /// <summary>The wallets, from the whole settings file: the scanner uses the same table.</summary>
    public CodeTable Codes { get; init; } = CodeTable.Default;

    /// <summary>There is a display for the ECR's texts. This comes from the panel's section.</summary>
    public bool HasDisplay { get; init; }

    public EcrTimers Timers { get; init; } = new();

    public DateTimeOffset LocalTime(Stamp at) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at.UnixMilliseconds), TimeZone);

    public static EcrSettings Read(SettingsSection section)
    {
        var otherwise = new EcrSettings();
        var (tcp, allow, tls) = section.Has("tcp") ? Endpoint(section.Section("tcp")) : (null, [], null);
        if (section.Has("device") == tcp is not null)
        {
            var problem = tcp is null ? "missing, and so is \"ecr.tcp\"" : "given beside \"ecr.tcp\"";
            throw new SettingsException("ecr.device", problem, "exactly one of the two");
        }
        var settings = new EcrSettings
        {
            Device = section.Has("device") ? section.Text("device", longest: 4096) : otherwise.Device,
            Tcp = tcp,
            Allow = allow,
            Tls = tls,
            Baud = section.Number("baud", otherwise.Baud, 300, 4_000_000),
            DataBits = section.Number("dataBits", otherwise.DataBits, 7, 8),
            Parity = Enum.Parse<Parity>(section.Choice("parity", "none", "none", "even", "odd"), ignoreCase: true),
            StopBits = section.Number("stopBits", otherwise.StopBits, 1, 2),
            Presence = ReadPresence(section, tcp is not null),
            CodeWait = TimeSpan.FromSeconds(
                section.Number("codeWaitSeconds", (int)otherwise.CodeWait.TotalSeconds, 10, 120)),
            Password = section.Has("password") ? Digits(section, "password", "", 6) : null,
            OrdersPerMinute = section.Number("ordersPerMinute", otherwise.OrdersPerMinute, 10, 60_000),
            AmountLimit = section.Number("amountLimitCents", (int)otherwise.AmountLimit, 1, int.MaxValue),
            TerminalId = Digits(section, "terminalId", otherwise.TerminalId, 8),
            CardType = (byte)section.Number("cardType", otherwise.CardType, 1, 254),
            CardName = section.Text("cardName", otherwise.CardName, 32),
            TimeZone = Zone(section),
            Language = section.Choice("language", "en", "en", "de") == "de" ? Language.German : Language.English,
            Charset = Charset.Named[section.Choice("charset", "cp437", [.. Charset.Named.Keys])],
            ReceiptHeader = Header(section),
            CodeInText = section.Flag("codeInText", false),
        };
        section.End();
        return settings;
    }

    static Presence ReadPresence(SettingsSection section, bool isTcp)
    {
        var name = section.Choice("presence", "none", "none", "dsr", "cts", "dcd");
        return isTcp && name != "none"
            ? throw new SettingsException("ecr.presence", $"\"{name}\" beside \"ecr.tcp\"", "wires of a serial line")
            : Enum.Parse<Presence>(name, ignoreCase: true);
    }

    /// <summary>
    /// Listens for this machine only, unless the settings name another address and who may connect there.
    /// </summary>
    static (IPEndPoint At, IPNetwork[] Allow, TlsCertificate? Tls) Endpoint(SettingsSection section)
    {
        var port = section.Number("port", 20007, 1, 65535);
        var address = section.Text("address", "127.0.0.1");
        var allowed = section.Has("allow") ? section.Text("allow", longest: 1024) : "";
        var tls = section.Has("tls") ? TlsCertificate.Read(section.Section("tls")) : null;
        section.End();
        if (!IPAddress.TryParse(address, out var ip))
        {
            throw new SettingsException("ecr.tcp.address", $"\"{address}\"", "an IP address of this machine");
        }
        var allow = allowed.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Network).ToArray();
        return allow.Length > 0 || IPAddress.IsLoopback(ip) ? (new(ip, port), allow, tls) : throw new SettingsException(
            "ecr.tcp.allow", $"missing, while \"{address}\" reaches beyond this machine",
            "who may connect, like \"192.168.1.20, 10.0.0.0/24\"");
    }

    static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network :
        IPAddress.TryParse(text, out var one) ? new(one, one.GetAddressBytes().Length * 8) :
        throw new SettingsException("ecr.tcp.allow", $"\"{text}\"", "addresses like 192.168.1.20 or 10.0.0.0/24");

    /// <summary>At most 8 lines of at most 48 characters.</summary>
    static string[] Header(SettingsSection section)
    {
        var text = section.Has("receiptHeader") ? section.Text("receiptHeader", longest: 400) : "";
        var lines = text.Length == 0 ? [] : text.Split('\n');
        return lines.Length <= 8 && lines.All(line => line.Length <= 48)
            ? lines
            : throw new SettingsException("ecr.receiptHeader", $"\"{text}\"", "8 lines of at most 48 characters");
    }

    static string Digits(SettingsSection section, string key, string otherwise, int count)
    {
        var text = section.Text(key, otherwise);
        return text.Length == count && text.All(char.IsAsciiDigit)
            ? text
            : throw new SettingsException($"ecr.{key}", $"\"{text}\"", $"{count} digits");
    }

    static TimeZoneInfo Zone(SettingsSection section)
    {
        var name = section.Text("timeZone", "UTC");
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new SettingsException("ecr.timeZone", $"\"{name}\"", "a name like \"Europe/Berlin\"");
    }
}

enum Parity
{
    None,
    Even,
    Odd,
}
