using Sandbox.Ecr;
using static Sandbox.Conform.Checks;

namespace Sandbox.Conform.Cases;

/// <summary>Registration, log-off and status enquiry, and commands that nobody knows.</summary>
static class AgreementCases
{
    const string Anyhow = "Register once after each start, with what the till really can.";
    const string Correct = "Correct the message; nothing was changed by it.";

    public static IEnumerable<Case> All =>
    [
        Registered("password and configuration byte", "000000 86"),
        Registered("with a currency", "000000 86 0978"),
        Registered("with a service byte", "000000 86 0978 03 00"),
        Registered("with an empty TLV container", "000000 8E 0978 03 00 06 00"),
        Registered("with a container that permits 06 D3", "000000 B6 0978 03 01 06 06 26 04 0A 02 06D3"),
        Registered("with fields and tags that nobody knows", "000000 86 0978 06 05 1F7E 02 0102"),
        new("registration: twice", Needs.Nothing, Anyhow, p =>
        {
            p.Run(Orders.Register(0x0E)).MustComplete();
            p.Run(Orders.Register(0x06)).MustComplete();
        }),
        new("registration: another currency is refused with 84 1E", Needs.Nothing, "Register with 0978.", p =>
        {
            var answer = p.Ask(0x0600, "000000 86 0840");
            answer.MustBe(0x841E);
            Must(answer.Data is [0x6F, ..], "6F as the reason", answer);
        }),
        Refused("registration: cut off in the password is refused", 0x0600, "0000", 0x849A),
        Refused("registration: half a currency is refused", 0x0600, "000000 86 09", 0x849A),
        Refused("registration: a container that is cut off is refused", 0x0600, "000000 86 0978 06 05 26", 0x849A),
        new("log-off: 80 00 00 and nothing else", Needs.Nothing, "Register again before the next command.", p =>
        {
            p.Ask(0x0602).MustBe(0x8000);
            p.NothingFollows();
        }),
        Enquiry("without a password", "", hasVersion: true),
        Enquiry("with a password", "000000", hasVersion: true),
        Enquiry("without version, by service byte 02", "000000 03 02", hasVersion: false),
        Refused("status: half a password is refused", 0x0501, "1234", 0x849A),
        Refused("status: a service byte without value is refused", 0x0501, "000000 03", 0x849A),
        Refused("unknown: a command of no revision is refused with 84 83", 0x06FF, "", 0x8483),
        Refused("unknown: a command with data is refused with 84 83", 0x0FA1, "01 02 03", 0x8483),
        Refused("unknown: a message of the terminal is refused with 84 83", 0x040F, "27 00", 0x8483),
        new("unknown: a command with the long length is read", Needs.Nothing, Correct, p =>
        {
            p.Ask(0x06FF, new string('0', 600)).MustBe(0x8483);
            p.MustBeReady();
        }),
        Refused("abort: with nothing to abort it is refused with 84 83", 0x06B0, "", 0x8483),
        Refused("repeat: cut off in the password is refused", 0x0620, "00", 0x849A),
        new("repeat: a terminal without any transaction says 83", Needs.Fresh, "There is nothing to ask about.", p =>
            p.Run(Telegram.Of(0x0620, "000000 03 03")).MustEnd(0x83)),
    ];

    static Case Registered(string name, string data) => new("registration: " + name, Needs.Nothing, Anyhow, p =>
    {
        var talk = p.Run(Telegram.Of(0x0600, data)).MustComplete();
        var fields = StatusFields.Read(talk.End!.Data);
        Must(fields?.Get(0x29) is not null, "06 0F with a terminal id (29)", talk);
        Must(data.Contains("06 0", StringComparison.Ordinal) || fields!.Get(0x06) is null,
            "no TLV for a till that sent none", talk);
        p.MustBeReady();
    });

    /// <summary>The version has no field number in front, only a length of three bytes Fx.</summary>
    static Case Enquiry(string name, string data, bool hasVersion) => new("status: " + name, Needs.Nothing,
        "Read the status byte: 00 ready, 9C busy, DF no payments; anything else is for a person.", p =>
        {
            var talk = p.Run(Telegram.Of(0x0501, data)).MustComplete();
            var told = talk.End!.Data is [>= 0xF0, >= 0xF0, >= 0xF0, ..];
            Must(told == hasVersion, hasVersion ? "a version" : "no version", talk);
            var at = hasVersion ? 3 + (talk.End.Data[1] & 15) * 10 + (talk.End.Data[2] & 15) : 0;
            Must(talk.End.Data.Length > at && talk.End.Data[at] == 0, "status byte 00", talk);
        });

    static Case Refused(string name, int command, string data, int answer) => new(name, Needs.Nothing, Correct, p =>
    {
        p.Ask(command, data).MustBe(answer);
        p.NothingFollows();
        p.MustBeReady();
    });
}
